// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.doctor;

import io.tokenfederation.DatabricksToken;
import io.tokenfederation.DatabricksTokenExchanger;
import io.tokenfederation.DatabricksTokenSource;
import io.tokenfederation.IdpTokenSource;
import io.tokenfederation.ResolvedRole;
import io.tokenfederation.RoleResolver;
import io.tokenfederation.ServicePrincipal;
import io.tokenfederation.policy.DatabricksCloud;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Makes of the settings what they stand for. Goes on after a mistake, so that all are named at once. */
final class Settings {
    private final Configuration given;
    private final List<Mistake> mistakes = new ArrayList<>();

    Settings(Configuration given) {
        this.given = given;
    }

    Map<String, String> environment() {
        return given.environment();
    }

    /**
     * What the settings stand for.
     *
     * @param doctor set up but for what the command line says
     * @param idp where the JWTs come from
     * @param roles the roles
     * @param account where policies are kept, where that is known
     * @param administrator who may read and set them, where somebody may
     */
    record Read(
            FederationDoctorBuilder doctor,
            IdpTokenSource idp,
            List<ResolvedRole> roles,
            Optional<FederationDoctorBuilder.Account> account,
            Optional<DatabricksTokenSource> administrator) {}

    /** @throws SettingsException if something is missing or wrong */
    Read read(Optional<String> onlyRole) {
        FederationDoctorBuilder doctor = FederationDoctor.builder();
        given.missing(Variable.Need.ALWAYS)
                .forEach(variable -> mistake(variable, "is not set", "Set it to " + variable.meaning() + "."));
        set(Variable.DB_HOST, Settings::withoutSlash, doctor::workspace);
        List<ResolvedRole> roles = roles(onlyRole);
        roles.forEach(role -> doctor.role(role.name(), role.servicePrincipal()));
        @Nullable IdpTokenSource idp = new IdpSettings(given, mistakes).source();
        readServices(doctor, roles);
        Optional<FederationDoctorBuilder.Account> account = account();
        account.ifPresent(known -> doctor.account(known.host().toString(), known.id()));
        Optional<DatabricksTokenSource> administrator = administrator(account, idp);
        administrator.ifPresent(doctor::administrator);
        if (!mistakes.isEmpty() || idp == null) {
            throw new SettingsException(mistakes);
        }
        doctor.idpTokenSource(idp).environment(given.environment());
        return new Read(doctor, idp, roles, account, administrator);
    }

    private void readServices(FederationDoctorBuilder doctor, List<ResolvedRole> roles) {
        set(Variable.DB_WAREHOUSE_ID, Function.identity(), doctor::warehouse);
        set(Variable.DB_GENIE_SPACE_ID, Function.identity(), doctor::genieSpace);
        set(Variable.MCP_URL, Function.identity(), doctor::mcpServer);
        set(Variable.GROUP_FUNCTION, Settings::function, doctor::groupFunction);
        set(Variable.KEYS_PINNED, Settings::bool, doctor::keysPinned);
        set(Variable.EXPECTED_POLICY, PolicyFile::read, doctor::expectedPolicy);
        set(
                Variable.ROLE_GROUPS,
                GroupsJson::read,
                groups -> groups.forEach((role, names) -> {
                    if (roles.stream().noneMatch(known -> known.name().equals(role))) {
                        throw new IllegalArgumentException(
                                "names " + PlainName.quoted(role) + ", which is no role of " + Variable.ROLE_SP_MAP);
                    }
                    doctor.groups(role, names.toArray(String[]::new));
                }));
    }

    private List<ResolvedRole> roles(Optional<String> only) {
        Optional<List<ResolvedRole>> read = get(
                Variable.ROLE_SP_MAP,
                json -> RoleResolver.builder()
                        .claim("role")
                        .servicePrincipals(json)
                        .build()
                        .roles());
        List<ResolvedRole> roles = read.orElse(List.of());
        if (only.isEmpty() || roles.isEmpty()) {
            return roles;
        }
        List<ResolvedRole> wanted =
                roles.stream().filter(role -> role.name().equals(only.get())).toList();
        if (wanted.isEmpty()) {
            List<String> names = roles.stream().map(ResolvedRole::name).toList();
            mistakes.add(new Mistake(
                    "--role " + PlainName.quoted(only.get()),
                    "is no role of ROLE_SP_MAP" + Nearest.hint(only.get(), names),
                    "Name one of " + names + "."));
        }
        return wanted;
    }

    private Optional<FederationDoctorBuilder.Account> account() {
        Optional<String> id = given.find(Variable.DB_ACCOUNT_ID);
        Optional<String> host = given.find(Variable.DB_ACCOUNT_HOST)
                .map(Settings::withoutSlash)
                .or(() -> given.find(Variable.DB_HOST)
                        .flatMap(Settings::cloud)
                        .map(DatabricksCloud::accountUrl)
                        .map(URI::toString));
        if (id.isEmpty()) {
            return Optional.empty();
        }
        if (host.isEmpty()) {
            mistake(
                    Variable.DB_ACCOUNT_HOST,
                    "is not set, and DB_HOST does not tell which cloud it is",
                    "Set it to the account console's URL, such as https://accounts.azuredatabricks.net.");
            return Optional.empty();
        }
        try {
            return Optional.of(new FederationDoctorBuilder.Account(
                    Hosts.require(host.get(), "the account"), Hosts.requirePathPart(id.get(), "the account's id")));
        } catch (IllegalArgumentException e) {
            mistake(Variable.DB_ACCOUNT_ID, "or DB_ACCOUNT_HOST is wrong: " + e.getMessage(), "Correct it.");
            return Optional.empty();
        }
    }

    /** An address that is none has been complained of where it is set. */
    private static Optional<DatabricksCloud> cloud(String workspace) {
        try {
            return DatabricksCloud.ofWorkspace(workspace);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private Optional<DatabricksTokenSource> administrator(
            Optional<FederationDoctorBuilder.Account> account, @Nullable IdpTokenSource idp) {
        boolean wanted = given.has(Variable.DB_ADMIN_SP) || given.has(Variable.DB_ADMIN_TOKEN);
        if (wanted && account.isEmpty() && !given.has(Variable.DB_ACCOUNT_ID)) {
            mistake(
                    Variable.DB_ACCOUNT_ID,
                    "is not set, though there is an administrator",
                    "Set it to the account's id, which the account console shows behind the user's name.");
        }
        if (!wanted || account.isEmpty() || idp == null) {
            return Optional.empty();
        }
        if (given.has(Variable.DB_ADMIN_SP) && given.has(Variable.DB_ADMIN_TOKEN)) {
            mistake(Variable.DB_ADMIN_SP, "and DB_ADMIN_TOKEN are both set", "Unset one of them.");
            return Optional.empty();
        }
        return get(Variable.DB_ADMIN_SP, ServicePrincipal::of)
                .map(principal -> federated(account.get(), idp, principal))
                .or(() -> get(Variable.DB_ADMIN_TOKEN, Settings::fixed));
    }

    private static DatabricksTokenSource federated(
            FederationDoctorBuilder.Account account, IdpTokenSource idp, ServicePrincipal principal) {
        return DatabricksTokenExchanger.builder()
                .account(account.host().toString(), account.id())
                .idpTokenSource(idp)
                .build()
                .sourceFor(principal);
    }

    /** A token of unknown end: Databricks will say when it is over. */
    private static DatabricksTokenSource fixed(String token) {
        DatabricksToken administrators = DatabricksToken.of(token, Instant.now().plusSeconds(3_600));
        return () -> administrators;
    }

    private <T> void set(Variable variable, Function<String, T> reader, Consumer<T> setting) {
        get(variable, text -> {
            T value = reader.apply(text);
            setting.accept(value);
            return value;
        });
    }

    private <T> Optional<T> get(Variable variable, Function<String, T> reader) {
        try {
            return given.find(variable).map(reader);
        } catch (IllegalArgumentException | IllegalStateException e) {
            // The library names its own setting and shows no secret; which variable it came from it cannot know.
            mistake(variable, "is wrong: " + e.getMessage(), "Set it to " + variable.meaning() + ".");
            return Optional.empty();
        }
    }

    private void mistake(Variable variable, String problem, String fix) {
        mistakes.add(new Mistake(variable.name(), problem, fix));
    }

    private static GroupFunction function(String text) {
        return switch (text.toLowerCase(Locale.ROOT).replaceAll("\\(.*", "")) {
            case "is_member" -> GroupFunction.IS_MEMBER;
            case "is_account_group_member" -> GroupFunction.IS_ACCOUNT_GROUP_MEMBER;
            default -> throw new IllegalArgumentException("it is neither is_member nor is_account_group_member");
        };
    }

    private static boolean bool(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "true", "yes", "1" -> true;
            case "false", "no", "0" -> false;
            default -> throw new IllegalArgumentException("it is neither true nor false");
        };
    }

    private static String withoutSlash(String url) {
        return url.replaceAll("/+$", "");
    }
}
