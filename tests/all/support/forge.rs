//! Makes tokens that the server never made, as somebody would who has read about JWT.

use aws_lc_rs::hmac;
use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, Ed25519KeyPair};
use base64::Engine;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use diesel::prelude::*;
use serde_json::{Value, json};
use signpost::db::schema::signing_keys;

use super::{Person, World, claims_of};

/// What a token is signed with.
pub enum Pen {
    /// The server's own key, which nobody else has.
    Own,
    /// Another key of the same kind.
    Stranger,
    /// A key of another kind (P-256).
    OtherFamily,
    /// HMAC with the public key as the secret.
    PublicKeyAsSecret,
    /// No signature.
    None,
}

/// The server's key and a true token's header and claims, to be bent.
pub struct Forge {
    private: String,
    public: String,
    /// The header of a true token.
    pub header: Value,
    /// The claims of a true token.
    pub claims: Value,
}

impl Forge {
    /// Begins with this person's token.
    pub fn of(world: &World, who: &Person) -> Forge {
        let (kid, private, public) = world
            .db
            .write_now(|tx| {
                let columns = (signing_keys::kid, signing_keys::private_key, signing_keys::public_key);
                Ok(signing_keys::table.select(columns).first::<(String, String, String)>(tx.conn())?)
            })
            .unwrap();
        let header = json!({"typ": "at+jwt", "alg": "EdDSA", "kid": kid});
        Forge { private, public, header, claims: claims_of(&who.token) }
    }

    /// The token as it would be, with this signature.
    pub fn token(&self, pen: &Pen) -> String {
        self.written(&self.header, &self.claims, pen)
    }

    /// With other claims.
    pub fn claiming(&self, bend: impl FnOnce(&mut Value)) -> String {
        let mut claims = self.claims.clone();
        bend(&mut claims);
        self.written(&self.header, &claims, &Pen::Own)
    }

    /// With another header.
    pub fn headed(&self, pen: &Pen, bend: impl FnOnce(&mut Value)) -> String {
        let mut header = self.header.clone();
        bend(&mut header);
        self.written(&header, &self.claims, pen)
    }

    fn written(&self, header: &Value, claims: &Value, pen: &Pen) -> String {
        let part = |value: &Value| URL_SAFE_NO_PAD.encode(value.to_string());
        let body = format!("{}.{}", part(header), part(claims));
        format!("{body}.{}", URL_SAFE_NO_PAD.encode(self.signature(body.as_bytes(), pen)))
    }

    fn signature(&self, body: &[u8], pen: &Pen) -> Vec<u8> {
        match pen {
            Pen::Own => {
                let key = Ed25519KeyPair::from_pkcs8(&STANDARD.decode(&self.private).unwrap()).unwrap();
                key.sign(body).as_ref().to_vec()
            }
            Pen::Stranger => Ed25519KeyPair::generate().unwrap().sign(body).as_ref().to_vec(),
            Pen::OtherFamily => {
                let key = EcdsaKeyPair::generate(&ECDSA_P256_SHA256_FIXED_SIGNING).unwrap();
                key.sign(&SystemRandom::new(), body).unwrap().as_ref().to_vec()
            }
            Pen::PublicKeyAsSecret => {
                let public = URL_SAFE_NO_PAD.decode(&self.public).unwrap();
                hmac::sign(&hmac::Key::new(hmac::HMAC_SHA256, &public), body).as_ref().to_vec()
            }
            Pen::None => Vec::new(),
        }
    }
}
