/**
 * What a registry may be shown: user and password (sent as Basic, or to the token service), an identity token (`refreshToken`, exchanged
 * by OAuth2), or a bearer token as it is (`accessToken`). The first that is there wins: access token, refresh token, user.
 */
export type Credential = {
  readonly username?: string;
  readonly password?: string;
  readonly refreshToken?: string;
  readonly accessToken?: string;
};

/** Finds the credential for a repository of the registry; undefined means anonymous. Called again whenever a token is needed. */
export type CredentialProvider = (repository: string) => Promise<Credential | undefined>;
