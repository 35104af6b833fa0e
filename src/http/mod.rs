//! HTTP for whatever speaks it here: which proxy and which certificates, chosen as curl chooses them.
//!
//! | target | variables, the first that is set |
//! |---|---|
//! | `http://` | `http_proxy` (small letters only: a CGI program's caller could set the other), `all_proxy`, `ALL_PROXY` |
//! | `https://` | `https_proxy`, `HTTPS_PROXY`, `all_proxy`, `ALL_PROXY` |
//!
//! `no_proxy` or `NO_PROXY` lists exceptions: names (subdomains included), addresses, networks (`10.0.0.0/8`) or `*`. Other than with
//! curl, this machine itself is always one, since a proxy cannot reach it, and an `http://` target too is reached through a `CONNECT` tunnel.
//!
//! Certificates are the machine's, or Mozilla's where the machine has none. Where `SSL_CERT_FILE` or `SSL_CERT_DIR` is set, they are those
//! and no others.

mod retry;

use std::{io::ErrorKind, net::IpAddr, sync::OnceLock};

use ureq::{
    Agent, Proxy,
    config::ConfigBuilder,
    http::Uri,
    tls::{Certificate, RootCerts, TlsConfig},
    typestate::AgentScope,
};

#[cfg(feature = "generate")]
pub(crate) use retry::draw;
pub(crate) use retry::{Answer, Next, Patience, retry_after};

/// A variable of the environment that cannot be used, without its value, which may hold a password.
#[derive(Debug, Clone, Copy)]
pub(crate) struct BadVariable {
    pub(crate) name: &'static str,
    pub(crate) why: &'static str,
}

/// The settings all agents share: no redirect is followed, since a key must not go along; every status is an answer; there is no proxy but
/// one that is set.
pub(crate) fn builder(secure: bool) -> Result<ConfigBuilder<AgentScope>, BadVariable> {
    let builder = Agent::config_builder()
        .http_status_as_error(false)
        .max_redirects(0)
        .max_redirects_will_error(false)
        .proxy(None)
        .user_agent(concat!("tracewright/", env!("CARGO_PKG_VERSION")));
    Ok(if secure { builder.tls_config(TlsConfig::builder().root_certs(roots()?).build()) } else { builder })
}

/// The environment's proxy for one address: for an agent, or for one request of it (`request.config().proxy(..)`).
pub(crate) fn proxy(target: &Uri) -> Result<Option<Proxy>, BadVariable> {
    choose(target, |name| std::env::var(name).ok().filter(|value| !value.is_empty()))
}

fn choose(target: &Uri, environment: impl Fn(&str) -> Option<String>) -> Result<Option<Proxy>, BadVariable> {
    let names: &[&'static str] = if target.scheme_str() == Some("https") {
        &["https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"]
    } else {
        &["http_proxy", "all_proxy", "ALL_PROXY"]
    };
    let Some((name, value)) = names.iter().find_map(|name| Some((*name, environment(name)?))) else { return Ok(None) };
    let host = target.host().unwrap_or_default();
    let exceptions = environment("no_proxy").or_else(|| environment("NO_PROXY")).unwrap_or_default();
    if is_loopback(host) || exceptions.split([',', ' ']).any(|entry| is_exempt(host, entry)) {
        return Ok(None);
    }
    let why = "does not hold a proxy's address: correct or unset it, or name the host in NO_PROXY";
    Proxy::new(&value).map(Some).map_err(|_| BadVariable { name, why })
}

/// Whether a host is this machine: what is sent there is not seen by others.
pub(crate) fn is_loopback(host: &str) -> bool {
    let host = bare(host);
    host == "localhost" || host.parse::<IpAddr>().is_ok_and(|address| address.to_canonical().is_loopback())
}

/// A URL as messages may show it: one with `@` or `?` may hold a password and is not repeated.
pub(crate) fn shown(url: &str) -> &str {
    if url.contains(['@', '?']) { "(an address with @ or ?)" } else { url }
}

/// The reason why there is no secure connection, where another try will not make one.
pub(crate) fn insecure(error: &ureq::Error) -> Option<String> {
    let tls = match error {
        ureq::Error::Rustls(_) | ureq::Error::Tls(_) => true,
        // What TLS says comes wrapped as an error of the stream.
        ureq::Error::Io(error) => error.kind() == ErrorKind::InvalidData,
        _ => false,
    };
    tls.then(|| {
        format!(
            "no secure connection: {error}. If no TLS is spoken there, try http://; else check its certificate (SSL_CERT_FILE may name those to trust)"
        )
    })
}

/// A host's name or address in the one form that is compared.
fn bare(host: &str) -> String {
    host.trim_start_matches('[').trim_end_matches([']', '.']).to_ascii_lowercase()
}

fn is_exempt(host: &str, entry: &str) -> bool {
    let (host, entry) = (bare(host), bare(entry));
    match host.parse::<IpAddr>() {
        _ if entry == "*" => true,
        Ok(address) => match entry.split_once('/') {
            Some((network, bits)) => is_within(address, network, bits),
            None => entry.parse() == Ok(address),
        },
        Err(_) => {
            let name = entry.trim_start_matches('.');
            host.strip_suffix(name).is_some_and(|rest| !name.is_empty() && (rest.is_empty() || rest.ends_with('.')))
        }
    }
}

fn is_within(address: IpAddr, network: &str, bits: &str) -> bool {
    let (Ok(network), Ok(bits)) = (network.parse::<IpAddr>(), bits.parse::<u32>()) else { return false };
    match (address, network) {
        (IpAddr::V4(a), IpAddr::V4(b)) if bits <= 32 => {
            (a.to_bits() ^ b.to_bits()).checked_shr(32 - bits).unwrap_or(0) == 0
        }
        (IpAddr::V6(a), IpAddr::V6(b)) if bits <= 128 => {
            (a.to_bits() ^ b.to_bits()).checked_shr(128 - bits).unwrap_or(0) == 0
        }
        _ => false,
    }
}

/// The root certificates, read once a process: a machine's store has a hundred and more certificates.
fn roots() -> Result<RootCerts, BadVariable> {
    static ROOTS: OnceLock<Result<RootCerts, BadVariable>> = OnceLock::new();
    let load = || {
        let found = rustls_native_certs::load_native_certs().certs;
        if !found.is_empty() {
            let certificates: Vec<_> = found.iter().map(|one| Certificate::from_der(one).to_owned()).collect();
            return Ok(RootCerts::from(certificates));
        }
        // Who names the certificates to trust does not mean all of Mozilla's.
        match ["SSL_CERT_FILE", "SSL_CERT_DIR"].into_iter().find(|name| std::env::var_os(name).is_some()) {
            Some(name) => Err(BadVariable { name, why: "names no certificate that can be read: correct or unset it" }),
            None => Ok(RootCerts::WebPki),
        }
    };
    ROOTS.get_or_init(load).clone()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn variables_are_chosen_as_curl_does() {
        let port = |target: &'static str, set: &[(&str, &str)]| {
            let environment =
                |name: &str| set.iter().find(|(one, _)| *one == name).map(|(_, value)| (*value).to_owned());
            choose(&Uri::from_static(target), environment).map(|proxy| proxy.map(|proxy| proxy.port()))
        };
        let (plain, secure) = ("http://h.example", "https://h.example");
        assert!(matches!(port(plain, &[("HTTP_PROXY", "p:1")]), Ok(None)));
        assert!(matches!(
            port(plain, &[("https_proxy", "p:3"), ("ALL_PROXY", "p:2"), ("http_proxy", "p:1")]),
            Ok(Some(1))
        ));
        assert!(matches!(port(secure, &[("http_proxy", "p:1"), ("ALL_PROXY", "p:2")]), Ok(Some(2))));
        assert!(matches!(port(secure, &[("HTTPS_PROXY", "p:1"), ("all_proxy", "p:2")]), Ok(Some(1))));
        // A proxy that is not used may be anything.
        let wrong = [("http_proxy", "http://me:secret@"), ("https_proxy", "p:1")];
        let error = port(plain, &wrong).unwrap_err();
        assert!(error.name == "http_proxy" && !format!("{error:?}").contains("secret"));
        assert!(matches!(port(secure, &wrong), Ok(Some(1))));
        assert!(matches!(port(plain, &[wrong[0], ("NO_PROXY", "x, example")]), Ok(None)));
        for here in ["http://localhost:1", "http://127.3.2.1", "http://[::1]:80", "http://LOCALHOST."] {
            assert!(matches!(port(here, &wrong), Ok(None)), "{here}");
        }
    }

    #[test]
    fn exceptions_are_names_addresses_and_networks() {
        let is = is_exempt;
        assert!(
            is("example.com", "example.com")
                && is("a.example.com", "example.com")
                && is("a.Example.com", ".example.com")
        );
        assert!(!is("anexample.com", "example.com") && !is("example.com", "a.example.com") && !is("example.com", "."));
        assert!(!is("example.com", "") && !is("10.1.2.3", ""));
        assert!(
            is("anything", "*")
                && is("10.1.2.3", "10.1.2.3")
                && is("10.1.2.3", "10.0.0.0/8")
                && is("10.1.2.3", "0.0.0.0/0")
        );
        assert!(!is("11.1.2.3", "10.0.0.0/8") && !is("10.1.2.3", "3") && !is("10.1.2.3", "10.0.0.0/99"));
        assert!(is("[::1]", "::1") && is("fd00::5", "fd00::/8") && !is("fe00::5", "fd00::/8"));
    }

    #[test]
    fn addresses_with_secrets_are_not_shown() {
        assert_eq!(shown("http://h/v1"), "http://h/v1");
        assert!(!shown("http://me:secret@h").contains("secret") && !shown("http://h?key=secret").contains("secret"));
    }
}
