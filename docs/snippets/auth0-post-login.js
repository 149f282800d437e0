exports.onExecutePostLogin = async (event, api) => {
  const namespace = 'https://example.com';
  const order = ['executives', 'finance', 'admin', 'sales-west', 'sales-east'];
  const metadata = event.user.app_metadata || {};
  const groups = Array.isArray(metadata.groups) ? metadata.groups : [];
  const role = order.find((name) => groups.includes(name));
  for (const token of [api.accessToken, api.idToken]) {
    token.setCustomClaim(`${namespace}/groups`, groups.filter((name) => order.includes(name)));
    if (role) {
      token.setCustomClaim(`${namespace}/role`, role);
    }
    if (metadata.company) {
      token.setCustomClaim(`${namespace}/company`, metadata.company);
    }
    if (event.user.email && event.user.email_verified) {
      token.setCustomClaim(`${namespace}/email`, event.user.email);
    }
  }
};
