// SPDX-License-Identifier: Apache-2.0
package example.app;

import static example.app.FederationFault.fault;
import static example.app.FederationFault.ofAllRoles;
import static example.app.FederationFault.withAdministrator;

import io.tokenfederation.ServicePrincipal;
import io.tokenfederation.policy.FederationPolicy;
import java.io.IOException;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.interfaces.RSAPublicKey;
import java.util.Base64;
import java.util.List;
import java.util.UUID;

/** What goes wrong of the federation policies. */
final class PolicyFaults {
    private static final String WEST = "west_sales";

    static final List<FederationFault> ALL = List.of(
            fault(
                    "wrong audience",
                    (world, doctor) -> {
                        world.idp.forgery().claim("aud", "https://elsewhere.example.com");
                        return doctor;
                    },
                    ofAllRoles("exchange AUDIENCE_MISMATCH")),
            fault(
                    "issuer without its slash",
                    (world, doctor) -> {
                        world.policy(
                                WEST,
                                world.policy()
                                        .issuer(world.idp.issuer().replaceAll("/$", ""))
                                        .build());
                        return doctor;
                    },
                    WEST + " exchange ISSUER_MISMATCH"),
            fault(
                    "subject without @clients",
                    (world, doctor) -> {
                        world.policy(
                                WEST,
                                world.policy()
                                        .subject("kD3pXmB0yqLexampleclientid")
                                        .build());
                        return doctor;
                    },
                    WEST + " exchange SUBJECT_MISMATCH"),
            fault(
                    "no policy",
                    (world, doctor) -> {
                        world.databricks.removePolicies(world.principal(WEST));
                        return doctor;
                    },
                    WEST + " exchange NO_FEDERATION_POLICY"),
            fault(
                    "unknown principal",
                    (world, doctor) -> doctor.role("ghost", new ServicePrincipal(UUID.randomUUID())),
                    "ghost exchange NO_FEDERATION_POLICY"),
            fault(
                    "no policy, and somebody who may look",
                    (world, doctor) -> {
                        world.databricks.removePolicies(world.principal(WEST));
                        return withAdministrator(world, doctor);
                    },
                    WEST + " policy NO_FEDERATION_POLICY",
                    WEST + " exchange NO_FEDERATION_POLICY"),
            fault(
                    "a policy for another audience, and somebody who may look",
                    (world, doctor) -> {
                        world.policy(
                                WEST,
                                FederationPolicy.builder()
                                        .issuer(world.idp.issuer())
                                        .audience(world.audience() + "/")
                                        .subject("kD3pXmB0yqLexampleclientid@clients")
                                        .build());
                        return withAdministrator(world, doctor);
                    },
                    WEST + " policy AUDIENCE_MISMATCH",
                    WEST + " exchange AUDIENCE_MISMATCH"),
            fault(
                    "pinned keys with another key of the same name, and somebody who may look",
                    (world, doctor) -> {
                        world.policy(
                                WEST,
                                world.policy()
                                        .jwksJson(anotherKeyOfTheSameName(world))
                                        .build());
                        return withAdministrator(world, doctor);
                    },
                    WEST + " exchange POLICY_SIGNATURE"));

    private PolicyFaults() {}

    /** As after a rotation by which the issuer kept the key's id. */
    private static String anotherKeyOfTheSameName(SixRoles world) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2_048);
            RSAPublicKey key = (RSAPublicKey) generator.generateKeyPair().getPublic();
            // With a zero byte in front, which changes no number.
            String modulus = Base64.getUrlEncoder()
                    .withoutPadding()
                    .encodeToString(key.getModulus().toByteArray());
            String id = world.source().mint().keyId().orElseThrow();
            return "{\"keys\":[{\"kty\":\"RSA\",\"kid\":\"" + id + "\",\"e\":\"AQAB\",\"n\":\"" + modulus + "\"}]}";
        } catch (IOException | NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
