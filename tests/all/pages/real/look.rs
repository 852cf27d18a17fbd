//! How every page looks: nothing that axe-core finds against WCAG 2.2 AA, nothing in the console, nothing that is wider than
//! a narrow window; and a picture of each for whoever wants to look.

use std::fs;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};

use super::chrome::Chrome;
use super::driver::{axe, target};
use super::scene::{lived, views};
use crate::pages::browser::Browser;
use crate::questions::scene::Scene;
use crate::support::{On, World};

/// The rules of WCAG up to 2.2, levels A and AA, and which elements break them.
const FINDINGS: &str = "axe.run(document, {
    runOnly: {type: 'tag', values: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']},
    resultTypes: ['violations'],
}).then(found => found.violations.map(one => one.id + ': ' + one.nodes.map(node => node.html + ' ' + node.failureSummary).join(' | ')))";

/// What axe-core finds on the page as it stands.
pub fn findings(chrome: &Chrome) -> Vec<String> {
    if chrome.run("return typeof axe") == json!("undefined") {
        chrome.run(axe());
    }
    match chrome.wait(FINDINGS) {
        Value::Array(found) => found.iter().map(Value::to_string).collect(),
        broken => vec![broken.to_string()],
    }
}

/// Looks at one page in one language: light and dark, wide and narrow.
fn looked_at(chrome: &Chrome, name: &str, wrong: &mut Vec<String>) {
    wrong.extend(chrome.console().into_iter().map(|line| format!("{name}: the console says {line}")));
    for (theme, unfolded) in [("light", false), ("dark", true)] {
        // What the cookie with the colours does to a page that is read anew.
        chrome.run(&format!("document.documentElement.dataset.theme = '{theme}'"));
        chrome.run(&format!("document.querySelectorAll('main details').forEach(one => one.open = {unfolded})"));
        for width in [1280, 320] {
            chrome.width(width);
            let view = format!("{name}-{theme}-{width}");
            let wide = chrome.run("return document.documentElement.scrollWidth - innerWidth").as_i64().unwrap_or(99);
            if wide > 0 {
                let cause = "[...document.querySelectorAll('main *')].filter(one => one.getBoundingClientRect().right > innerWidth && !one.closest('.scroll, pre')).slice(0, 3).map(one => one.outerHTML.slice(0, 120)).join(' | ')";
                wrong.push(format!("{view} is {wide} pixels too wide: {}", chrome.text(cause)));
            }
            wrong.extend(findings(chrome).into_iter().map(|found| format!("{view}: {found}")));
            let picture = STANDARD.decode(chrome.picture()).unwrap();
            fs::write(target().join(format!("screenshots/{view}.png")), picture).unwrap();
        }
    }
}

/// How a page is answered to somebody; `None` for a file, a piece of a page, a stream, and a way elsewhere.
fn status(scene: &Scene, who: &str, path: &str) -> Option<u16> {
    let reply = Browser::of(scene.world, scene.who(who)).get(path);
    reply.text().starts_with("<!doctype html>").then_some(reply.status)
}

/// Whether it has been looked at already: what is open to everybody is the same for all of them, and the reference is in
/// English alone.
fn is_known(who: &str, path: &str, language: &str) -> bool {
    (!path.starts_with("/h/") && path != "/" && who != "planner") || (path == "/docs" && language != "en")
}

fn look_in(language: &str) {
    let world = World::new(On::Sqlite);
    let scene = lived(&world);
    fs::create_dir_all(target().join("screenshots")).unwrap();
    let (mut wrong, mut reader) = (Vec::new(), "nobody");
    let chrome = Chrome::open(&world);
    chrome.cookie("signpost-lang", language);
    chrome.go("/sign-in");
    looked_at(&chrome, &format!("nobody-sign-in-{language}"), &mut wrong);
    let mut views = views(&scene);
    views.sort();
    for (who, path) in views.into_iter().filter(|(who, path)| !is_known(who, path, language)) {
        let Some(status) = status(&scene, who, &path) else { continue };
        if reader != who {
            chrome.sign_in(&world, scene.who(who));
            reader = who;
        }
        chrome.go(&path);
        // The reference says the same of two hundred operations in the same shapes; a few of each group are enough.
        chrome.run("if (location.pathname === '/docs') document.querySelectorAll('main article:nth-of-type(n+3)').forEach(one => one.remove())");
        if status != 200 {
            // That a page was refused is the one thing that the console says of it.
            assert_eq!(chrome.console().len(), 1, "{path}");
        }
        let name: String = path.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '-' }).collect();
        looked_at(&chrome, &format!("{who}{name}-{language}"), &mut wrong);
    }
    assert!(wrong.is_empty(), "{} findings:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn every_page_is_for_everybody_in_english() {
    look_in("en");
}

#[test]
fn every_page_is_for_everybody_in_korean() {
    look_in("ko");
}
