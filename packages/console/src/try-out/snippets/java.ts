import { type Call, tokenUrl } from './call.ts'

/** The call for Java 11 and later (java.net.http), as a program to start with `java Call.java`. */
export function javaSnippet(call: Call): string {
  const { origin, clientId, method, path, headers } = call
  const set = headers.map(({ name, value }) => `\n            .header(${literal(name)}, ${literal(value)})`).join('')
  return `import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.regex.Pattern;

public class Call {
    public static void main(String[] arguments) throws Exception {
        HttpClient client = HttpClient.newHttpClient();

        // CLIENT_SECRET is the secret of the client.
        String credentials = ${literal(`${clientId}:`)} + System.getenv("CLIENT_SECRET");
        HttpRequest tokenRequest = HttpRequest.newBuilder(URI.create(${literal(tokenUrl(call))}))
            .header("Authorization", "Basic " + Base64.getEncoder().encodeToString(credentials.getBytes(StandardCharsets.UTF_8)))
            .POST(BodyPublishers.noBody())
            .build();
        String granted = client.send(tokenRequest, BodyHandlers.ofString()).body();
        var found = Pattern.compile("\\"access_token\\":\\"([^\\"]+)\\"").matcher(granted);
        if (!found.find()) throw new IllegalStateException(granted);

        HttpRequest request = HttpRequest.newBuilder(URI.create(${literal(origin + path)}))
            .header("Authorization", "Bearer " + found.group(1))${set}
            .method(${literal(method)}, ${publisher(call.body)})
            .build();
        var response = client.send(request, BodyHandlers.ofString());
        System.out.println(response.statusCode());
        System.out.println(response.body());
    }
}
`
}

function publisher(body: Call['body']): string {
  if (!body) return 'BodyPublishers.noBody()'
  if ('text' in body) return `BodyPublishers.ofString(${literal(body.text)})`
  return `BodyPublishers.ofFile(Path.of(${literal(body.fileName)}))`
}

/** The escapes of JSON are Java's, but for that of U+000B and its like, which are the same in both. */
function literal(text: string): string {
  return JSON.stringify(text)
}
