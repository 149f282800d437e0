// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation;

import com.nimbusds.jose.util.Base64URL;
import java.io.ByteArrayInputStream;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A private key as it lies in a file or a key store. No message quotes what was read.
 *
 * @param key the key
 * @param thumbprint the SHA-256 of its certificate; null if there is none
 */
record PemKey(PrivateKey key, @Nullable Base64URL thumbprint) {
    private static final Pattern BLOCK =
            Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----([A-Za-z0-9+/=\\s]+)-----END \\1-----");

    private static final String ENCRYPTED =
            "the private key is encrypted; decrypt it first, or put it into a key store";

    static PemKey read(String pem) {
        PrivateKey key = null;
        Base64URL thumbprint = null;
        Matcher blocks = BLOCK.matcher(pem);
        while (blocks.find()) {
            String kind = blocks.group(1);
            if (kind.endsWith("PRIVATE KEY") && key == null) {
                key = privateKey(kind, decoded(blocks.group(2)));
            } else if (kind.equals("CERTIFICATE") && thumbprint == null) {
                // The first is the key's own; those that follow are its issuers'.
                thumbprint = thumbprint(certificate(decoded(blocks.group(2))));
            }
        }
        if (key == null) {
            throw new IllegalArgumentException(
                    pem.contains("Proc-Type: 4,ENCRYPTED")
                            ? ENCRYPTED
                            : "there is no PEM block with a PRIVATE KEY in it; give the text of the file, not its path");
        }
        return new PemKey(key, thumbprint);
    }

    static PemKey from(KeyStore store, String alias, char[] password) {
        try {
            if (!(store.getKey(alias, password) instanceof PrivateKey key)) {
                throw new IllegalArgumentException("the key store has no private key '" + alias + "'");
            }
            Certificate certificate = store.getCertificate(alias);
            return new PemKey(key, certificate == null ? null : thumbprint(certificate));
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException(
                    "the key '" + alias + "' cannot be had from the key store: wrong password?");
        }
    }

    private static PrivateKey privateKey(String kind, byte[] der) {
        if (kind.equals("ENCRYPTED PRIVATE KEY")) {
            throw new IllegalArgumentException(ENCRYPTED);
        }
        if (!kind.equals("PRIVATE KEY")) {
            throw new IllegalArgumentException("the key is in the older form '" + kind
                    + "'; convert it to PKCS #8 with: openssl pkcs8 -topk8 -nocrypt -in old.pem -out new.pem");
        }
        // PKCS #8 says which kind of key it is, in a way the JDK reads only once it has been told.
        PrivateKey key = pkcs8("RSA", der);
        key = key == null ? pkcs8("EC", der) : key;
        if (key == null) {
            throw new IllegalArgumentException("the PRIVATE KEY is neither an RSA nor an EC key");
        }
        return key;
    }

    private static @Nullable PrivateKey pkcs8(String algorithm, byte[] der) {
        try {
            return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(der));
        } catch (InvalidKeySpecException e) {
            return null;
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this JDK has no " + algorithm, e);
        }
    }

    private static Certificate certificate(byte[] der) {
        try {
            return CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(der));
        } catch (CertificateException e) {
            throw new IllegalArgumentException("the CERTIFICATE beside the key cannot be read");
        }
    }

    private static Base64URL thumbprint(Certificate certificate) {
        try {
            return Base64URL.encode(MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded()));
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("the key's certificate cannot be encoded", e);
        }
    }

    private static byte[] decoded(String base64) {
        try {
            return Base64.getMimeDecoder().decode(base64);
        } catch (IllegalArgumentException e) {
            // Not the cause: it quotes characters of the key.
            throw new IllegalArgumentException("a PEM block cannot be decoded");
        }
    }

    @Override
    public String toString() {
        return "PemKey[redacted]";
    }
}
