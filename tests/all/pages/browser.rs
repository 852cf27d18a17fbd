//! A browser: it keeps cookies, sends what browsers send, and follows nothing by itself.

use std::cell::RefCell;
use std::collections::BTreeMap;

use signpost::account::session::{self, Origin};
use signpost::pages::form::query;

use crate::support::{Person, Reply, World};

pub struct Browser<'w> {
    pub world: &'w World,
    jar: RefCell<BTreeMap<String, String>>,
    language: &'static str,
}

impl<'w> Browser<'w> {
    /// Nobody's yet.
    pub fn new(world: &'w World) -> Browser<'w> {
        Browser { world, jar: RefCell::default(), language: "en" }
    }

    /// Somebody who is signed in.
    pub fn of(world: &'w World, who: &Person) -> Browser<'w> {
        let (browser, user) = (Browser::new(world), who.id);
        let token = world.db.write_now(move |tx| session::open_in_browser(tx, user, Origin::default())).unwrap();
        browser.keep(world.gate.session_cookie(), &token);
        browser
    }

    /// One that likes pages in Korean.
    pub fn korean(self) -> Browser<'w> {
        Browser { language: "ko", ..self }
    }

    pub fn keep(&self, name: &str, value: &str) {
        self.jar.borrow_mut().insert(name.to_owned(), value.to_owned());
    }

    pub fn cookie(&self, name: &str) -> Option<String> {
        self.jar.borrow().get(name).cloned()
    }

    fn headers(&self) -> [(&'static str, String); 3] {
        let jar = self.jar.borrow();
        let cookies = jar.iter().map(|(name, value)| format!("{name}={value}")).collect::<Vec<_>>().join("; ");
        [("Accept", "text/html,*/*;q=0.8".into()), ("Accept-Language", self.language.into()), ("Cookie", cookies)]
    }

    fn kept(&self, reply: Reply) -> Reply {
        for (_, line) in reply.headers.iter().filter(|(name, _)| name == "set-cookie") {
            let (name, value) = line.split(';').next().and_then(|pair| pair.split_once('=')).expect("a cookie");
            if line.contains("Max-Age=0") {
                self.jar.borrow_mut().remove(name);
            } else {
                self.keep(name, value);
            }
        }
        reply
    }

    pub fn get(&self, path: &str) -> Reply {
        let call = self.world.call("GET", path);
        let call = self.headers().into_iter().fold(call, |call, (name, value)| call.header(name, &value));
        self.kept(call.send())
    }

    /// A form of a page of ours.
    pub fn post(&self, path: &str, fields: &[(&str, &str)]) -> Reply {
        self.post_with(path, fields, &[("Sec-Fetch-Site", "same-origin")])
    }

    /// A form with these headers besides.
    pub fn post_with(&self, path: &str, fields: &[(&str, &str)], headers: &[(&str, &str)]) -> Reply {
        let body = fields.iter().map(|(name, value)| format!("{name}={}", query(value))).collect::<Vec<_>>().join("&");
        let call = self.world.call("POST", path).header("Content-Type", "application/x-www-form-urlencoded").body(body);
        let call = self.headers().into_iter().fold(call, |call, (name, value)| call.header(name, &value));
        let call = headers.iter().fold(call, |call, (name, value)| call.header(name, value));
        self.kept(call.send())
    }

    /// A form with a file in it, which a browser sends empty where none was chosen.
    pub fn send(&self, path: &str, fields: &[(&str, &str)], file: Option<&[u8]>) -> Reply {
        let mark = "----made-for-a-test";
        let part = |head: &str, body: &[u8]| {
            let head = format!("--{mark}\r\nContent-Disposition: form-data; {head}\r\n\r\n");
            [head.as_bytes(), body, b"\r\n"].concat()
        };
        let mut body: Vec<u8> =
            fields.iter().flat_map(|(name, value)| part(&format!("name=\"{name}\""), value.as_bytes())).collect();
        let head = format!("name=\"file\"; filename=\"{}\"", if file.is_some() { "people.xlsx" } else { "" });
        body.extend(part(&head, file.unwrap_or_default()));
        body.extend(format!("--{mark}--\r\n").bytes());
        let call = self.world.call("POST", path).header("Sec-Fetch-Site", "same-origin");
        let call = call.header("Content-Type", &format!("multipart/form-data; boundary={mark}")).body(body);
        let call = self.headers().into_iter().fold(call, |call, (name, value)| call.header(name, &value));
        self.kept(call.send())
    }

    /// A form that leads to a page, which is read.
    #[track_caller]
    pub fn done(&self, path: &str, fields: &[(&str, &str)]) -> String {
        let reply = self.post(path, fields).must(303);
        let place = reply.header("location").expect("a place to go on").to_owned();
        self.get(place.split('#').next().unwrap()).must(200).text()
    }

    /// A page that is there.
    #[track_caller]
    pub fn page(&self, path: &str) -> String {
        self.get(path).must(200).text()
    }
}
