/**
 * What the original's `$metadata` says about the entity sets that are served here, one line each:
 * `Set(Type) [stream] key Names | Property:Type[!] … | Navigation>Type multiplicity association …`, where `!` is not
 * nullable. Taken from the metadata of a tenant (2025). Navigation properties that are not served are left out.
 */
export const originalEntitySets: readonly string[] = [
  [
    'AccessPolicies(AccessPolicy) key Id | Id:Int64! RoleName:String Description:String |',
    'ArtifactReferences>ArtifactReference * r_AccessPolicy_2_r_ArtifactReferences',
  ].join(' '),
  'APIDefinitions(Definition) key Url | Url:String! Name:String!',
  [
    'AlternativePartners(AlternativePartner) key Hexagency Hexscheme Hexid | Hexagency:String! Hexscheme:String!',
    'Hexid:String! Agency:String! Scheme:String! Id:String! Pid:String! LastModifiedBy:String',
    'LastModifiedTime:DateTime CreatedBy:String CreatedTime:DateTime',
  ].join(' '),
  [
    'ArtifactReferences(ArtifactReference) key Id | Id:Int64! Name:String Description:String Type:String',
    'ConditionAttribute:String ConditionValue:String ConditionType:String |',
    'AccessPolicy>AccessPolicy 1 r_AccessPolicy_2_r_ArtifactReferences',
  ].join(' '),
  [
    'AuthorizedUsers(AuthorizedUser) key User | User:String! Pid:String! LastModifiedBy:String',
    'LastModifiedTime:DateTime CreatedBy:String CreatedTime:DateTime',
  ].join(' '),
  [
    'BinaryParameters(BinaryParameter) key Pid Id | Pid:String! Id:String! LastModifiedBy:String',
    'LastModifiedTime:DateTime CreatedBy:String CreatedTime:DateTime ContentType:String! Value:Binary!',
  ].join(' '),
  'BuildAndDeployStatus(BuildAndDeployStatus) key TaskId | TaskId:String! Status:String',
  [
    'CertificateChainResources(CertificateChainResource) stream key Hexalias | Hexalias:String!',
    'Alias:String! | KeystoreEntry>KeystoreEntry 0..1 A_KeystoreEntry_CertificateChainResource',
  ].join(' '),
  [
    'CertificateResources(CertificateResource) stream key Hexalias | Hexalias:String! Alias:String! |',
    'KeystoreEntry>KeystoreEntry 0..1 A_KeystoreEntry_CertificateResource',
  ].join(' '),
  [
    'CertificateSigningRequests(CertificateSigningRequest) stream key Hexalias | Hexalias:String! |',
    'KeystoreEntry>KeystoreEntry 0..1 A_KeystoreEntry_CertificateSigningRequest',
  ].join(' '),
  [
    'ChainCertificates(ChainCertificate) key Hexalias Index | Hexalias:String! Alias:String! Index:Int32!',
    'Validity:String KeyType:String KeySize:Int32 ValidNotBefore:DateTimeOffset',
    'ValidNotAfter:DateTimeOffset SubjectDN:String IssuerDN:String SerialNumber:String',
    'SignatureAlgorithm:String Version:Int32 FingerprintSha1:String FingerprintSha256:String',
    'FingerprintSha512:String | KeystoreEntry>KeystoreEntry 0..1 CertificateChainOfKeyPair',
  ].join(' '),
  [
    'Configurations(Configuration) key ParameterKey | ParameterKey:String! ParameterValue:String',
    'DataType:String Description:String',
  ].join(' '),
  'CustomTagConfigurations(CustomTagConfiguration) stream key Id | Id:String! CustomTagsConfigurationContent:String',
  'CustomTags(CustomTag) key Name | Name:String! Value:String',
  [
    'CustomParameters(CustomParameter) key Key Value SendAsPartOf | Key:String! Value:String!',
    'SendAsPartOf:String!',
  ].join(' '),
  [
    'DataStoreEntries(DataStoreEntry) stream key Id DataStoreName IntegrationFlow Type | Id:String!',
    'DataStoreName:String! IntegrationFlow:String! Type:String! Status:String MessageId:String',
    'DueAt:DateTime CreatedAt:DateTime RetainUntil:DateTime',
  ].join(' '),
  [
    'DataStores(DataStore) key DataStoreName IntegrationFlow Type | DataStoreName:String!',
    'IntegrationFlow:String! Type:String! Visibility:String NumberOfMessages:Int64',
    'NumberOfOverdueMessages:Int64 | Entries>DataStoreEntry * DataStore_2_r_Entries',
  ].join(' '),
  'DefaultValMaps(DefaultValMap) key Id | Id:String! Value:Value!',
  'EntryPoints(EntryPoint) key Url | Name:String! Url:String! Type:String AdditionalInformation:String',
  [
    'GenericIdempotentRepositoryEntries(GenericIdempotentRepositoryEntry) key HexVendor HexSource HexEntry',
    'HexComponent | HexVendor:String! HexSource:String! HexEntry:String! HexComponent:String! Source:String',
    'Entry:String Component:String Vendor:String CreationTime:Int64 ExpirationTime:Int64',
  ].join(' '),
  [
    'IdempotentRepositoryEntries(IdempotentRepositoryEntry) key HexSource HexEntry | HexSource:String!',
    'HexEntry:String! Source:String Entry:String Component:String CreationTime:Int64 ExpirationTime:Int64',
  ].join(' '),
  [
    'IntegrationDesigntimeArtifacts(IntegrationDesigntimeArtifact) stream key Id Version | Id:String!',
    'Version:String! PackageId:String Name:String Description:String Sender:String Receiver:String',
    'CreatedBy:String CreatedAt:String ModifiedBy:String ModifiedAt:String ArtifactContent:Binary |',
    'Configurations>Configuration * IntegrationDesigntimeArtifact_2_r_Configurations',
    'Resources>Resource * IntegrationDesigntimeArtifact_2_r_Resources',
  ].join(' '),
  [
    'IntegrationDesigntimeLocks(IntegrationDesigntimeLock) key ResourceId | ResourceId:String!',
    'ArtifactId:String! ArtifactName:String ArtifactType:String PackageId:String PackageName:String',
    'CreatedAt:DateTime CreatedBy:String',
  ].join(' '),
  [
    'IntegrationPackages(IntegrationPackage) stream key Id | Id:String! Name:String! ResourceId:String!',
    'Description:String ShortText:String! Version:String Vendor:String PartnerContent:Boolean',
    'UpdateAvailable:Boolean Mode:String SupportedPlatform:String ModifiedBy:String CreationDate:String',
    'ModifiedDate:String CreatedBy:String Products:String Keywords:String Countries:String',
    'Industries:String LineOfBusiness:String PackageContent:Binary |',
    'IntegrationDesigntimeArtifacts>IntegrationDesigntimeArtifact *',
    'IntegrationPackage_2_r_IntegrationDesigntimeArtifacts',
    'ValueMappingDesigntimeArtifacts>ValueMappingDesigntimeArtifact *',
    'IntegrationPackage_2_r_ValueMappingDesigntimeArtifacts',
    'MessageMappingDesigntimeArtifacts>MessageMappingDesigntimeArtifact *',
    'IntegrationPackage_2_r_MessageMappingDesigntimeArtifacts',
    'ScriptCollectionDesigntimeArtifacts>ScriptCollectionDesigntimeArtifact *',
    'IntegrationPackage_2_r_ScriptCollectionDesigntimeArtifacts',
    'CustomTags>CustomTag * IntegrationPackage_2_r_CustomTags',
  ].join(' '),
  [
    'IntegrationRuntimeArtifacts(IntegrationRuntimeArtifact) stream key Id | Id:String! Version:String',
    'Name:String Type:String DeployedBy:String DeployedOn:DateTime Status:String |',
    'ErrorInformation>RuntimeArtifactErrorInformation 0..1',
    'IntegrationRuntimeArtifact_2_r_ErrorInformation',
  ].join(' '),
  'JmsArtifacts(JmsArtifact) key Name | Name:String! Id:String Direction:Int64',
  [
    'JmsBrokers(JmsBroker) key Key | Key:String! Capacity:Int64 MaxCapacity:Int64',
    'IsTransactedSessionsHigh:Int32 IsConsumersHigh:Int32 IsProducersHigh:Int32 MaxQueueNumber:Int64',
    'QueueNumber:Int64 CapacityOk:Int64 CapacityWarning:Int64 CapacityError:Int64 IsQueuesHigh:Int32',
    'IsMessageSpoolHigh:Int32 | QueueNamesHigh>JmsQueue * QueuesInJmsBroker',
    'InactiveQueues>Queue * InactiveQueuesInJmsBroker QueueStates>QueueState * QueueStatesForJmsBroker',
  ].join(' '),
  [
    'JmsMessages(JmsMessage) stream key Msgid Name Failed | Msgid:String! Name:String! Failed:Boolean!',
    'Mplid:String CreatedAt:Int64 RetryCount:Int64 NextRetry:Int64 MimeMsgid:String ContentType:String',
    'MimeVersion:String OverdueAt:Int64 ExpirationDate:Int64 | Queue>Queue 0..1 MessagesInQueue',
  ].join(' '),
  [
    'JmsQueues(JmsQueue) key Name | Name:String! MaxQueueSize:Int64 ActiveState:Int64 QueueSize:Int64',
    'State:Int64 | Queue>Queue 1 JmsQueuesForQueue Broker>JmsBroker 1 QueuesInJmsBroker',
  ].join(' '),
  [
    'KeyPairGenerationRequests(KeyPairGenerationRequest) key Hexalias | Hexalias:String! Alias:String!',
    'KeyType:String KeySize:Int32 ValidNotBefore:DateTimeOffset ValidNotAfter:DateTimeOffset',
    'SerialNumber:String SignatureAlgorithm:String EllipticCurve:String KeyAlgorithmParameter:String',
    'CommonName:String OrganizationUnit:String Organization:String Locality:String State:String',
    'Country:String Email:String Extensions:Binary',
  ].join(' '),
  [
    'KeyPairResources(KeyPairResource) key Hexalias | Hexalias:String! Alias:String! Resource:Binary',
    'Password:String',
  ].join(' '),
  [
    'KeystoreEntries(KeystoreEntry) key Hexalias | Hexalias:String! Alias:String! KeyType:String',
    'KeySize:Int32 ValidNotBefore:DateTimeOffset ValidNotAfter:DateTimeOffset SerialNumber:String',
    'SignatureAlgorithm:String EllipticCurve:String Validity:String SubjectDN:String IssuerDN:String',
    'Version:Int32 FingerprintSha1:String FingerprintSha256:String FingerprintSha512:String Type:String',
    'Owner:String LastModifiedBy:String LastModifiedTime:DateTimeOffset CreatedBy:String',
    'CreatedTime:DateTimeOffset Status:String | ChainCertificates>ChainCertificate *',
    'CertificateChainOfKeyPair Certificate>CertificateResource 0..1 A_KeystoreEntry_CertificateResource',
    'Sshkey>SSHKeyResource 0..1 A_KeystoreEntry_SSHKeyResource Keystore>Keystore 0..1 EntriesOfKeystore',
    'ChainResource>CertificateChainResource 0..1 A_KeystoreEntry_CertificateChainResource',
    'SigningRequest>CertificateSigningRequest 0..1 A_KeystoreEntry_CertificateSigningRequest',
  ].join(' '),
  'KeystoreResources(KeystoreResource) key Name | Name:String! Resource:Binary Password:String Aliases:String',
  [
    'Keystores(Keystore) key Name | Name:String! LastModifiedBy:String LastModifiedTime:DateTimeOffset',
    'Size:Int32 RuntimeIds:String AggregatedStatus:String AggregatedErrors:String | Entries>KeystoreEntry',
    '* EntriesOfKeystore',
  ].join(' '),
  [
    'LogFileArchives(LogFileArchive) stream key Scope LogFileType NodeScope | Scope:String!',
    'LogFileType:String! NodeScope:String! ContentType:String',
  ].join(' '),
  [
    'LogFiles(LogFile) stream key Name Application | Name:String! Application:String!',
    'LastModified:DateTimeOffset ContentType:String LogFileType:String NodeScope:String Size:Int64',
  ].join(' '),
  [
    'MessageMappingDesigntimeArtifacts(MessageMappingDesigntimeArtifact) stream key Id Version | Id:String!',
    'Version:String! PackageId:String! Name:String! Description:String ArtifactContent:Binary |',
    'Resources>Resource * MessageMappingDesigntimeArtifact_2_r_Resources',
  ].join(' '),
  [
    'MessageProcessingLogAdapterAttributes(MessageProcessingLogAdapterAttribute) key Id | Id:String!',
    'AdapterId:String AdapterMessageId:String Name:String Value:String |',
    'MessageProcessingLog>MessageProcessingLog 0..1 MessageProcessingLogAdapterAttributesAss',
  ].join(' '),
  [
    'MessageProcessingLogAttachments(MessageProcessingLogAttachment) stream key Id | Id:String!',
    'MessageGuid:String TimeStamp:DateTime Name:String ContentType:String PayloadSize:Int64',
  ].join(' '),
  [
    'MessageProcessingLogCustomHeaderProperties(MessageProcessingLogCustomHeaderProperty) key Id | Id:String!',
    'Name:String Value:String | Log>MessageProcessingLog 0..1 MessageProcessingLogCustomHeaderPropertiesAss',
  ].join(' '),
  [
    'MessageProcessingLogErrorInformations(MessageProcessingLogErrorInformation) stream key MessageGuid |',
    'MessageGuid:String! Type:String LastErrorModelStepId:String',
  ].join(' '),
  [
    'MessageProcessingLogRunStepProperties(MessageProcessingLogRunStepProperty) key RunId ChildCount Name |',
    'RunId:String! ChildCount:Int32! Name:String! Value:String',
  ].join(' '),
  [
    'MessageProcessingLogRunSteps(MessageProcessingLogRunStep) key RunId ChildCount | RunId:String!',
    'ChildCount:Int32! StepStart:DateTime StepStop:DateTime StepId:String ModelStepId:String BranchId:String',
    'Status:String Error:String Activity:String |',
    'RunStepProperties>MessageProcessingLogRunStepProperty *',
    'MessageProcessingLogRunStep_2_r_RunStepProperties',
    'TraceMessages>TraceMessage * MessageProcessingLogRunStep_2_r_TraceMessages',
  ].join(' '),
  [
    'MessageProcessingLogRuns(MessageProcessingLogRun) key Id | Id:String! RunStart:DateTime RunStop:DateTime',
    'LogLevel:String OverallState:String ProcessId:String |',
    'RunSteps>MessageProcessingLogRunStep * MessageProcessingLogRun_2_r_RunSteps',
  ].join(' '),
  [
    'MessageProcessingLogs(MessageProcessingLog) key MessageGuid | MessageGuid:String!',
    'CorrelationId:String ApplicationMessageId:String ApplicationMessageType:String LogStart:DateTime',
    'LogEnd:DateTime Sender:String Receiver:String IntegrationFlowName:String Status:String',
    'AlternateWebLink:String IntegrationArtifact:IntegrationArtifact! LogLevel:String CustomStatus:String',
    'ArchivingStatus:String ArchivingSenderChannelMessages:Boolean',
    'ArchivingReceiverChannelMessages:Boolean ArchivingLogAttachments:Boolean',
    'ArchivingPersistedMessages:Boolean TransactionId:String PreviousComponentName:String',
    'LocalComponentName:String OriginComponentName:String |',
    'CustomHeaderProperties>MessageProcessingLogCustomHeaderProperty *',
    'MessageProcessingLogCustomHeaderPropertiesAss',
    'MessageStoreEntries>MessageStoreEntry * MessageProcessingLog_2_r_MessageStoreEntries',
    'ErrorInformation>MessageProcessingLogErrorInformation 0..1 MessageProcessingLog_2_r_ErrorInformation',
    'AdapterAttributes>MessageProcessingLogAdapterAttribute * MessageProcessingLogAdapterAttributesAss',
    'Attachments>MessageProcessingLogAttachment * MessageProcessingLog_2_r_Attachments',
    'Runs>MessageProcessingLogRun * MessageProcessingLog_2_r_Runs',
  ].join(' '),
  [
    'MessageStoreEntries(MessageStoreEntry) stream key Id | Id:String! MessageGuid:String',
    'MessageStoreId:String TimeStamp:DateTime HasAttachments:Boolean |',
    'Attachments>MessageStoreEntryAttachment * MessageStoreEntry_2_r_Attachments',
    'Properties>MessageStoreEntryProperty * MessageStoreEntry_2_r_Properties',
  ].join(' '),
  [
    'MessageStoreEntryAttachmentProperties(MessageStoreEntryAttachmentProperty) key AttachmentId Name |',
    'AttachmentId:String! Name:String! Value:String',
  ].join(' '),
  [
    'MessageStoreEntryAttachments(MessageStoreEntryAttachment) stream key Id | Id:String! Name:String',
    'ContentType:String |',
    'Properties>MessageStoreEntryAttachmentProperty * MessageStoreEntryAttachment_2_r_Properties',
  ].join(' '),
  [
    'MessageStoreEntryProperties(MessageStoreEntryProperty) key MessageId Name | MessageId:String!',
    'Name:String! Value:String',
  ].join(' '),
  [
    'NumberRanges(NumberRange) key Name | Name:String! Description:String MaxValue:String MinValue:String',
    'Rotate:String CurrentValue:String FieldLength:String DeployedBy:String DeployedOn:DateTime',
  ].join(' '),
  [
    'OAuth2ClientCredentials(OAuth2ClientCredential) key Name | Name:String! Description:String',
    'TokenServiceUrl:String! ClientId:String! ClientSecret:String ClientAuthentication:String Scope:String',
    'ScopeContentType:String Resource:String Audience:String',
    'SecurityArtifactDescriptor:SecurityArtifactDescriptor! |',
    'CustomParameters>CustomParameter * OAuth2ClientCredential_2_r_CustomParameters',
  ].join(' '),
  'Partners(Partner) key Pid | Pid:String!',
  [
    'QueueStates(QueueState) key Name | Name:String! State:Int64 |',
    'Broker>JmsBroker 0..1 QueueStatesForJmsBroker',
  ].join(' '),
  [
    'Queues(Queue) key Name | Name:String! NumbOfMsgs:Int64 Size:Int64 Type:Int64 State:Int64 FillGrade:Int64',
    'Active:Int64 Exclusive:Int64 | Messages>JmsMessage * MessagesInQueue',
    'Artifacts>JmsArtifact * ArtifactsForQueue',
    'JmsQueues>JmsQueue * JmsQueuesForQueue Broker>JmsBroker 1 InactiveQueuesInJmsBroker',
  ].join(' '),
  [
    'RSAKeyGenerationRequests(RSAKeyGenerationRequest) key Hexalias | Hexalias:String! Alias:String!',
    'RSAFile:Binary! SignatureAlgorithm:String ValidNotBefore:DateTimeOffset ValidNotAfter:DateTimeOffset',
    'SerialNumber:String CommonName:String OrganizationUnit:String Organization:String Locality:String',
    'State:String Country:String Email:String',
  ].join(' '),
  [
    'Resources(Resource) stream key Name ResourceType | Name:String! ResourceType:String!',
    'ReferencedResourceType:String ResourceSize:Int64 ResourceSizeUnit:String ResourceContent:Binary',
  ].join(' '),
  'RuntimeArtifactErrorInformations(RuntimeArtifactErrorInformation) stream key Id | Id:String!',
  [
    'SSHKeyGenerationRequests(SSHKeyGenerationRequest) key Hexalias | Hexalias:String! Alias:String!',
    'KeyType:String KeySize:Int32 ValidNotBefore:DateTimeOffset ValidNotAfter:DateTimeOffset',
    'SerialNumber:String SignatureAlgorithm:String EllipticCurve:String SSHFile:String Password:String',
    'KeyAlgorithmParameter:String CommonName:String OrganizationUnit:String Organization:String',
    'Locality:String State:String Country:String Email:String',
  ].join(' '),
  [
    'SSHKeyResources(SSHKeyResource) stream key Hexalias | Hexalias:String! Alias:String! |',
    'KeystoreEntry>KeystoreEntry 0..1 A_KeystoreEntry_SSHKeyResource',
  ].join(' '),
  [
    'ScriptCollectionDesigntimeArtifacts(ScriptCollectionDesigntimeArtifact) stream key Id Version |',
    'Id:String! Version:String! PackageId:String Name:String Description:String ArtifactContent:Binary |',
    'Resources>Resource * ScriptCollectionDesigntimeArtifact_2_r_Resources',
  ].join(' '),
  [
    'SecureParameters(SecureParameter) key Name | Name:String! Description:String SecureParam:String',
    'DeployedBy:String DeployedOn:DateTime Status:String',
  ].join(' '),
  [
    'ServiceEndpoints(ServiceEndpoint) key Id | Name:String Id:String! Title:String! Version:String!',
    'Summary:String! Description:String! LastUpdated:DateTime Protocol:String | EntryPoints>EntryPoint *',
    'ServiceEndpoint_2_r_EntryPoints ApiDefinitions>Definition * ServiceEndpoint_2_r_ApiDefinitions',
  ].join(' '),
  [
    'StringParameters(StringParameter) key Pid Id | Pid:String! Id:String! LastModifiedBy:String',
    'LastModifiedTime:DateTime CreatedBy:String CreatedTime:DateTime Value:String!',
  ].join(' '),
  [
    'TraceMessageExchangeProperties(TraceMessageExchangeProperty) key TraceId Name | TraceId:Int64!',
    'Name:String! Value:String',
  ].join(' '),
  'TraceMessageProperties(TraceMessageProperty) key TraceId Name | TraceId:Int64! Name:String! Value:String',
  [
    'TraceMessages(TraceMessage) stream key TraceId | TraceId:Int64! MplId:String! RunId:String',
    'ModelStepId:String PayloadSize:Int64 MimeType:String |',
    'Properties>TraceMessageProperty * TraceMessage_2_r_Properties',
    'ExchangeProperties>TraceMessageExchangeProperty * TraceMessage_2_r_ExchangeProperties',
  ].join(' '),
  [
    'UserCredentialParameters(UserCredentialParameter) key Pid Id | Pid:String! Id:String! LastModifiedBy:String',
    'LastModifiedTime:DateTime CreatedBy:String CreatedTime:DateTime User:String! Password:String',
  ].join(' '),
  [
    'UserCredentials(UserCredential) key Name | Name:String! Kind:String Description:String User:String',
    'Password:String CompanyId:String SecurityArtifactDescriptor:SecurityArtifactDescriptor!',
  ].join(' '),
  [
    'ValMapSchema(ValMapSchema) key SrcAgency SrcId TgtAgency TgtId | SrcAgency:String! SrcId:String!',
    'TgtAgency:String! TgtId:String! State:String | ValMaps>ValMap * ValMapSchema_2_r_ValMaps',
    'DefaultValMaps>DefaultValMap * ValMapSchema_2_r_DefaultValMaps',
  ].join(' '),
  'ValMaps(ValMap) key Id | Id:String! Value:Value!',
  [
    'ValueMappingDesigntimeArtifacts(ValueMappingDesigntimeArtifact) stream key Id Version | Id:String!',
    'Version:String! PackageId:String! Name:String! Description:String ArtifactContent:Binary |',
    'ValMapSchema>ValMapSchema * ValueMappingDesigntimeArtifact_2_r_ValMapSchema',
  ].join(' '),
  [
    'Variables(Variable) stream key VariableName IntegrationFlow | VariableName:String!',
    'IntegrationFlow:String! Visibility:String UpdatedAt:DateTime RetainUntil:DateTime',
  ].join(' '),
]

/** Complex types in the same notation. */
export const originalComplexTypes: readonly string[] = [
  'IntegrationArtifact | Id:String Name:String Type:String PackageId:String PackageName:String',
  'SecurityArtifactDescriptor | Type:String DeployedBy:String DeployedOn:DateTime Status:String',
  'Value | SrcValue:String TgtValue:String',
]

/** `Name method returnType (parameters)`. */
export const originalFunctionImports: readonly string[] = [
  'CancelMessageProcessingLog POST MessageProcessingLog (Id:String!)',
  'CopyIntegrationPackage POST IntegrationPackage (Id:String! ImportMode:String Suffix:String)',
  'activateQueue POST String (Name:String! State:String)',
  'deactivateQueue POST String (Name:String! State:String)',
  [
    'DeleteValMaps POST String (Id:String! Version:String! SrcAgency:String! SrcId:String! TgtAgency:String!',
    'TgtId:String!)',
  ].join(' '),
  'DeployIntegrationDesigntimeArtifact POST String (Id:String! Version:String!)',
  'DeployMessageMappingDesigntimeArtifact POST MessageMappingDesigntimeArtifact (Id:String! Version:String!)',
  'DeployScriptCollectionDesigntimeArtifact POST String (Id:String! Version:String!)',
  'DeployValueMappingDesigntimeArtifact POST ValueMappingDesigntimeArtifact (Id:String! Version:String!)',
  'IntegrationDesigntimeArtifactSaveAsVersion POST IntegrationDesigntimeArtifact (Id:String! SaveAsVersion:String!)',
  'MessageMappingDesigntimeArtifactSaveAsVersion POST MessageMappingDesigntimeArtifact (Id:String! SaveAsVersion:String!)',
  'ScriptCollectionDesigntimeArtifactSaveAsVersion POST ScriptCollectionDesigntimeArtifact (Id:String! SaveAsVersion:String!)',
  [
    'UpdateDefaultValMap POST DefaultValMap (Id:String! Version:String! SrcAgency:String! SrcId:String!',
    'TgtAgency:String! TgtId:String! ValMapId:String! IsConfigured:Boolean!)',
  ].join(' '),
  [
    'UpsertValMaps POST ValMap (Id:String! Version:String! SrcAgency:String! SrcId:String! TgtAgency:String!',
    'TgtId:String! ValMapId:String SrcValue:String! TgtValue:String! IsConfigured:Boolean!)',
  ].join(' '),
  'ValueMappingDesigntimeArtifactSaveAsVersion POST ValueMappingDesigntimeArtifact (Id:String! SaveAsVersion:String!)',
]

/** What the original's API has and its `$metadata` has not. */
export const undeclaredEntitySets: readonly string[] = [
  [
    'CertificateUserMappings(CertificateUserMapping) key Id | Id:String! User:String! Certificate:Binary!',
    'LastModifiedBy:String LastModifiedTime:DateTime CreatedBy:String CreatedTime:DateTime ValidUntil:Int64',
  ].join(' '),
]

/** What the original does in its monitor only. */
export const ownFunctionImports: readonly string[] = [
  'MoveJmsMessages POST String (Queue:String! Target:String! Msgid:String)',
  'RetryJmsMessages POST String (Queue:String! Msgid:String)',
]
