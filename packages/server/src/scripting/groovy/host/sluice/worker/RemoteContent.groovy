package sluice.worker

import groovy.transform.CompileStatic

import java.nio.charset.StandardCharsets

/** Large content that stays at the server until somebody reads it, in pieces of up to a megabyte. */
@CompileStatic
final class RemoteContent {
    private static final int PIECE = 1 << 20

    final int index
    /** Text is UTF-8 on its way. */
    final boolean text
    final int size
    private byte[] fetched

    RemoteContent(int index, boolean text, int size) {
        this.index = index
        this.text = text
        this.size = size
    }

    byte[] bytes() {
        if (fetched == null) {
            byte[] all = new byte[size]
            for (int at = 0; at < size;) {
                byte[] piece = piece(at)
                System.arraycopy(piece, 0, all, at, piece.length)
                at += piece.length
            }
            fetched = all
        }
        fetched
    }

    String utf8() {
        new String(bytes(), StandardCharsets.UTF_8)
    }

    /** Reads it without keeping it. */
    InputStream stream() {
        fetched == null ? new Pieces(this) : new ByteArrayInputStream(fetched)
    }

    byte[] piece(int at) {
        (byte[]) Worker.channel().upcall('content', [index, at, Math.min(PIECE, size - at)])
    }

    @CompileStatic
    private static final class Pieces extends InputStream {
        private final RemoteContent content
        private byte[] piece = new byte[0]
        private int at = 0
        private int next = 0

        Pieces(RemoteContent content) {
            this.content = content
        }

        @Override
        int read() {
            fill() ? (piece[at++] & 0xff) : -1
        }

        @Override
        int read(byte[] target, int offset, int length) {
            if (length == 0) return 0
            if (!fill()) return -1
            int count = Math.min(length, piece.length - at)
            System.arraycopy(piece, at, target, offset, count)
            at += count
            count
        }

        @Override
        int available() {
            piece.length - at
        }

        private boolean fill() {
            if (at < piece.length) return true
            if (next >= content.size) return false
            piece = content.piece(next)
            next += piece.length
            at = 0
            true
        }
    }
}
