//! Signatures as Standard Webhooks has them (standardwebhooks.com): HMAC-SHA256 over id, time and body, with a secret that both
//! sides know.

use aws_lc_rs::hmac;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use secrecy::{ExposeSecret, SecretString};

use crate::base::{Instant, secret};

/// What a secret begins with, so that who finds one knows what it is.
const PREFIX: &str = "whsec_";
/// The version of the way to sign.
const VERSION: &str = "v1";

/// What messages are signed with: `whsec_` and 256 bits in Base64. It is shown once, and never written to a log.
#[derive(Clone, Debug)]
pub struct Secret(SecretString);

impl Secret {
    /// A new one.
    pub fn fresh() -> Secret {
        Secret::stored(format!("{PREFIX}{}", STANDARD.encode(secret::key())))
    }

    /// One that was kept.
    pub fn stored(text: String) -> Secret {
        Secret(text.into())
    }

    /// The words, for those who may know them.
    pub fn exposed(&self) -> &str {
        self.0.expose_secret()
    }

    /// Signs a message of this id, sent at this time in seconds. Where what was kept is no secret of ours there is nothing to sign
    /// with, and the signature is one that nobody accepts.
    fn sign(&self, id: &str, seconds: u64, body: &str) -> String {
        let encoded = self.exposed().strip_prefix(PREFIX).unwrap_or_default();
        let key = STANDARD.decode(encoded).unwrap_or_default();
        let key = hmac::Key::new(hmac::HMAC_SHA256, &key);
        let tag = hmac::sign(&key, format!("{id}.{seconds}.{body}").as_bytes());
        format!("{VERSION},{}", STANDARD.encode(tag.as_ref()))
    }
}

/// The headers of a message, signed with each of these secrets.
pub fn headers(id: &str, at: Instant, body: &str, secrets: &[Secret]) -> [(&'static str, String); 3] {
    let (seconds, _) = at.unix_parts();
    let signatures: Vec<String> = secrets.iter().map(|secret| secret.sign(id, seconds, body)).collect();
    [
        ("webhook-id", id.to_owned()),
        ("webhook-timestamp", seconds.to_string()),
        ("webhook-signature", signatures.join(" ")),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The example of the specification's own libraries.
    #[test]
    fn the_specification_s_own_example_is_signed_as_it_says() {
        let secret = Secret::stored("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw".to_owned());
        let signed = secret.sign("msg_p5jXN8AQM9LWM0D4loKWxJek", 1_614_265_330, "{\"test\": 2432232314}");
        assert_eq!(signed, "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
    }

    #[test]
    fn a_message_is_signed_with_each_secret() {
        let secrets = [Secret::fresh(), Secret::fresh()];
        let [_, (_, seconds), (_, signatures)] = headers("msg_1", Instant::from_micros(7_900_000), "{}", &secrets);
        assert_eq!(seconds, "7");
        let each: Vec<String> = secrets.iter().map(|secret| secret.sign("msg_1", 7, "{}")).collect();
        assert_eq!(signatures, each.join(" "));
        assert_ne!(each.first(), each.last());
    }

    #[test]
    fn a_secret_has_256_bits_and_is_not_told_by_accident() {
        let secret = Secret::fresh();
        let bits = STANDARD.decode(secret.exposed().trim_start_matches("whsec_")).map(|bytes| bytes.len() * 8);
        assert_eq!(bits.ok(), Some(256));
        assert!(!format!("{secret:?}").contains("whsec_"));
    }
}
