// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExplainCommandTest {
    private static final String ISSUER = "https://dev-1.us.auth0.com/";
    private static final String AUTH0 =
            "{'iss':'" + ISSUER + "','aud':'https://adb-1.example.com','sub':'kD3@clients','gty':'client-credentials'}";
    private static final String TENANT = "9f2e4a11-6a0c-4b37-8d4e-1f5a5d1a2b3c";

    private static Started explain(String input, String... options) {
        String[] arguments = new String[options.length + 1];
        arguments[0] = "explain";
        System.arraycopy(options, 0, arguments, 1, options.length);
        return Started.with(Map.of(), input, arguments);
    }

    /** Of each provider as its documentation shows its tokens; single quotes stand for double ones. */
    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '~',
            value = {
                "Auth0 ; an access token of an application ; {'iss':'https://dev-1.us.auth0.com/','sub':'kD3@clients','gty':'client-credentials'}",
                "Auth0 ; an ID token of a person ; {'iss':'https://dev-1.us.auth0.com/','sub':'auth0|1','nonce':'n','email':'a@example.com'}",
                "Okta ; an access token of an application ; {'iss':'https://dev-1.okta.com/oauth2/default','sub':'0oa1','cid':'0oa1','scp':['databricks']}",
                "Microsoft Entra ID, v1.0 ; an access token of an application ; {'iss':'https://sts.windows.net/TENANT/','sub':'o','tid':'TENANT','ver':'1.0','appid':'a','idtyp':'app'}",
                "Microsoft Entra ID, v2.0 ; an access token of an application ; {'iss':'https://login.microsoftonline.com/TENANT/v2.0','sub':'o','tid':'TENANT','ver':'2.0','azp':'a','azpacr':'1'}",
                "Microsoft Entra ID, v2.0 ; an access token of a person ; {'iss':'https://login.microsoftonline.com/TENANT/v2.0','sub':'o','tid':'TENANT','ver':'2.0','scp':'access','name':'A'}",
                "GitHub Actions ; an identity token of a runtime of an application ; {'iss':'https://token.actions.githubusercontent.com','sub':'repo:org/repo:ref:refs/heads/main'}",
                "GitLab CI ; an identity token of a runtime ; {'iss':'https://gitlab.example.com','sub':'project_path:g/p:ref_type:branch:ref:main'}",
                "Azure DevOps ; an identity token of a runtime ; {'iss':'https://vstoken.dev.azure.com/1','sub':'p://org/project/pipeline'}",
                "CircleCI ; an identity token of a runtime ; {'iss':'https://oidc.circleci.com/org/1','sub':'org/1/project/2/user/3','oidc.circleci.com/project-id':'2'}",
                "Bitbucket ; an identity token of a runtime ; {'iss':'https://api.bitbucket.org/2.0/workspaces/w/pipelines-config/identity/oidc','sub':'{1}:{2}','repositoryUuid':'{1}'}",
                "HCP Terraform ; an identity token of a runtime ; {'iss':'https://app.terraform.io','sub':'organization:o:project:p:workspace:w:run_phase:plan'}",
                "Kubernetes ; an identity token of a runtime ; {'iss':'https://oidc.example.com/1','sub':'system:serviceaccount:ns:backend'}",
                "SPIFFE ; an identity token of a runtime ; {'iss':'https://spire.example.com','sub':'spiffe://example.com/backend'}",
                "AWS ; an identity token of a runtime ; {'iss':'https://1.tokens.sts.global.api.aws','sub':'arn:aws:iam::1:role/r'}",
                "Google ; an ID token of an application ; {'iss':'https://accounts.google.com','sub':'123456789012345678901','email':'x@p.iam.gserviceaccount.com'}",
                "Keycloak ; an access token of an application ; {'iss':'https://sso.example.com/realms/test','sub':'u','typ':'Bearer','preferred_username':'service-account-backend'}",
                "Keycloak ; an ID token of a person ; {'iss':'https://sso.example.com/realms/test','sub':'u','typ':'ID','preferred_username':'ann'}",
                "an OpenID Connect provider ; a token that does not say ; {'iss':'https://idp.example.com','sub':'x'}"
            })
    void tokenOfEachProviderIsRecognised(String provider, String kind, String claims) {
        String token = token(claims.replaceAll("}$", ",'aud':'a'}").replace("TENANT", TENANT));

        Started explained = explain(token);

        assertThat(explained.out()).contains(kind, "issued by " + provider + "\n", "  alg  RS256");
        assertThat(explained.exitCode()).isZero();
        assertThat(explained.all()).doesNotContain(token, token.substring(token.lastIndexOf('.') + 1), "eyJ");
    }

    @Test
    void policyIsTheOneTheTokenMatches() {
        Started explained = explain(token(AUTH0));

        assertThat(explained.out())
                .contains("\"issuer\": \"https://dev-1.us.auth0.com/\"", "\"subject\": \"kD3@clients\"")
                .contains("https://adb-1.example.com");
    }

    @Test
    void commandAndTerraformAreShownForAServicePrincipal() {
        Started explained = explain(token(AUTH0), "--sp", "7cb2f8a4-49a7-4147-83db-35cb69e5cede");

        assertThat(explained.out())
                .contains("databricks account", "7cb2f8a4-49a7-4147-83db-35cb69e5cede", "resource \"databricks_");
    }

    @Test
    void aPersonsTokenNeedsAPolicyOfTheAccount() {
        Started explained = explain(token("{'iss':'" + ISSUER
                + "','aud':'a','sub':'auth0|1','email':'a@example.com','scope':'x','email_verified':true}"));

        assertThat(explained.out())
                .contains("one of the account", "\"subject_claim\": \"email\"")
                .doesNotContain("\"subject\":");
    }

    @Test
    void anEmailThatNobodyVerifiedIsNoSubject() {
        Started explained = explain(
                token("{'iss':'" + ISSUER + "','aud':'a','sub':'auth0|1','email':'a@example.com','scope':'x'}"));

        assertThat(explained.out()).contains("\"subject_claim\": \"sub\"", "must not be able to set");
    }

    @ParameterizedTest
    @CsvSource({
        "exp,1000000000000000000",
        "exp,-100000000000000000",
        "exp,1e300",
        "exp,31556889864403199",
        "nbf,1e300",
        "iat,1000000000000000000",
        "exp,-1"
    })
    void aNumberThatIsNoTimeIsShownAndRefused(String claim, String number) {
        Started explained =
                explain(token("{'iss':'" + ISSUER + "','aud':'a','sub':'s','" + claim + "':" + number + "}"));

        assertThat(explained.exitCode()).isEqualTo(1);
        assertThat(explained.out())
                .contains("[FAIL] IDP_TOKEN_MALFORMED: " + claim + " is " + Double.parseDouble(number))
                .doesNotContain("ago", "Nothing in the token");
        assertThat(explained.err()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"nbf", "iat"})
    void aTokenOfTheFutureIsRefused(String claim) {
        long future = Instant.now().plusSeconds(1_800).getEpochSecond();

        Started explained =
                explain(token("{'iss':'" + ISSUER + "','aud':'a','sub':'s','" + claim + "':" + future + "}"));

        assertThat(explained.exitCode()).isEqualTo(1);
        assertThat(explained.out()).contains("[FAIL] ", "(" + claim + ")").doesNotContain("Nothing in the token");
    }

    @ParameterizedTest
    @CsvSource({"not a url", "https://h_x.example.com/"})
    void anIssuerThatNoPolicyCanNameIsRefused(String issuer) {
        Started explained = explain(token("{'iss':'" + issuer + "','aud':'a','sub':'s'}"));

        assertThat(explained.exitCode()).isEqualTo(1);
        assertThat(explained.out())
                .contains("[FAIL] POLICY_INVALID", "none can match it")
                .doesNotContain("Nothing in the token");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "Bearer TOKEN | 'Bearer ' in front of it",
                "Authorization: Bearer TOKEN | the header's name",
                "\"TOKEN\" | quotes around it",
                "'Bearer TOKEN' | quotes around it",
                "SPLIT | line breaks or spaces in it",
                "{\"access_token\": \"TOKEN\", \"expires_in\": 60} | the JSON document it stood in, as 'access_token'"
            })
    void whatIsPastedAroundATokenIsTakenAwayAndSaid(String input, String said) {
        String token = token(AUTH0);
        String split = token.substring(0, 70) + "\r\n" + token.substring(70, 140) + "\n " + token.substring(140);

        Started explained = explain(input.replace("TOKEN", token).replace("SPLIT", split) + "\n");

        assertThat(explained.out())
                .startsWith("Taken away: ")
                .contains(said.replace("'Bearer ' in", "'Bearer' in"), "issued by Auth0", "kD3@clients");
        assertThat(explained.exitCode()).isZero();
        assertThat(explained.all()).doesNotContain("eyJ");
    }

    @Test
    void whatDatabricksWouldRefuseIsRed() {
        assertThat(explain("an-opaque-canary-token").out())
                .contains("[FAIL] IDP_TOKEN_OPAQUE")
                .doesNotContain("canary");
        assertThat(explain(token("{'iss':'" + ISSUER + "','sub':'s'}")).out())
                .contains("[FAIL] IDP_TOKEN_CLAIM_MISSING", "aud  (missing)");
        assertThat(explain(token("{'iss':'" + ISSUER + "','aud':'2ff814a6-3304-4ab8-85cb-cd0e6f879c1d','sub':'s'}"))
                        .out())
                .contains("[FAIL] IDP_TOKEN_FOR_DATABRICKS");
        assertThat(explain(token("{'iss':'" + ISSUER + "','aud':'a','sub':'s','exp':1700000000}"))
                        .out())
                .contains("[FAIL] IDP_TOKEN_EXPIRED", "2023-11-14T22:13:20Z");
        assertThat(explain(token("{'iss':'" + ISSUER + "','aud':'a','sub':'s','cnf':{'jkt':'x'}}"))
                        .out())
                .contains("[FAIL] IDP_TOKEN_NOT_BEARER");
        Started hs256 = explain(hs256());
        assertThat(hs256.out()).contains("[FAIL] IDP_TOKEN_ALGORITHM");
        assertThat(hs256.exitCode()).isEqualTo(1);
    }

    /** A terminal, a log or a form cut it off; it is neither opaque nor of another kind. */
    @ParameterizedTest
    @ValueSource(ints = {20, 60, 300, 10})
    void aTokenThatWasCutOffIsSaidToBeCutOff(int missing) {
        String token = token(AUTH0);

        Started explained = explain(token.substring(0, missing == 20 ? 20 : token.length() - missing));

        assertThat(explained.exitCode()).isEqualTo(1);
        assertThat(explained.out())
                .contains("[FAIL] IDP_TOKEN_MALFORMED", "cut off", "fix: Copy the whole token")
                .doesNotContain("eyJ", "IDP_TOKEN_OPAQUE", "Nothing in the token");
    }

    @Test
    void severalAudiencesAreSaidToNeedOneInThePolicy() {
        Started explained = explain(token("{'iss':'" + ISSUER + "','aud':['https://adb-1.example.com','" + ISSUER
                + "userinfo'],'sub':'kD3@clients','gty':'client-credentials'}"));

        assertThat(explained.exitCode()).isZero();
        assertThat(explained.out()).contains("It names 2 audiences; a policy matches if it lists one of them.");
    }

    /** Every client of the realm has it, so a policy for it trusts more than is meant. */
    @Test
    void audienceThatEveryTokenOfAKeycloakRealmHasIsDoubtful() {
        Started explained = explain(token(
                "{'iss':'https://sso.example.com/realms/test','aud':'account','sub':'u','typ':'Bearer','azp':'b'}"));

        assertThat(explained.exitCode()).isZero();
        assertThat(explained.out()).contains("[WARN] AUDIENCE_MISMATCH: aud is 'account'", "audience mapper");
    }

    @Test
    void audienceBesideThatOfTheRealmIsInOrder() {
        Started explained = explain(
                token(
                        "{'iss':'https://sso.example.com/realms/test','aud':['account','https://adb-1.example.com'],'sub':'u','typ':'Bearer'}"));

        assertThat(explained.out()).doesNotContain("[WARN]");
    }

    @Test
    void anEncryptedTokenIsSaidToBeOne() {
        assertThat(explain("eyJhbGciOiJSU0EtT0FFUCIsImVuYyI6IkEyNTZHQ00ifQ.AA.AA.AA.AA")
                        .out())
                .contains("[FAIL] IDP_TOKEN_ENCRYPTED")
                .doesNotContain("eyJ");
    }

    @Test
    void anIssuerNobodyCanReachIsDoubtful() {
        Started explained = explain(token("{'iss':'https://sso.corp/realms/a','aud':'a','sub':'s'}"));

        assertThat(explained.out()).contains("[WARN] ISSUER_NOT_PUBLIC", "jwks_json");
        assertThat(explained.exitCode()).isZero();
    }

    @Test
    void nothingToReadIsWrongUsage() {
        Started nothing = explain(" \n");

        assertThat(nothing.exitCode()).isEqualTo(2);
        assertThat(nothing.err()).contains("explain < token.txt");
    }

    /** Nobody looks at the signature here, so none is made: it only has the form of one. */
    private static String token(String claims) {
        return jwt("RS256", claims);
    }

    private static String hs256() {
        return jwt("HS256", AUTH0);
    }

    private static String jwt(String algorithm, String claims) {
        String body = claims.replace('\'', '"');
        long end = Instant.now().plusSeconds(3_600).getEpochSecond();
        String whole = body.contains("\"exp\"") ? body : body.replaceAll("}$", ",\"exp\":" + end + "}");
        return part("{\"alg\":\"" + algorithm + "\",\"typ\":\"JWT\",\"kid\":\"key-1\"}") + "." + part(whole) + "."
                + part("canary signature of sixty-four bytes, a fourth of a real one is so long"
                        .repeat(4)
                        .substring(0, 256));
    }

    private static String part(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
