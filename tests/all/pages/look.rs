//! What stands in pages: both languages, nobody's script, and not too much of it.

use serde_json::json;
use signpost::pages::PATHS;

use super::browser::Browser;
use super::guard::filled;
use crate::on_both;
use crate::questions::scene::Scene;

/// Texts that would do something if a page took them for HTML.
const HOSTILE: [&str; 8] = [
    "<script>alert(1)</script>",
    "\"><img src=x onerror=alert(1)>",
    "' onmouseover='alert(1)",
    "</title><script>alert(1)</script>",
    "</textarea><svg onload=alert(1)>",
    "javascript:alert(1)//",
    "{{7*7}}${7*7}",
    "https://x.example/\"onclick=\"alert(1)",
];

/// The tags of a page as a browser reads them: the name, and each attribute with its value.
fn tags(page: &str) -> Vec<(String, Vec<(String, String)>)> {
    let mut tags = Vec::new();
    let mut rest = page;
    while let Some(at) = rest.find('<') {
        rest = &rest[at + 1..];
        if !rest.starts_with(|c: char| c.is_ascii_alphabetic()) {
            continue;
        }
        let end = rest.find(|c: char| c.is_whitespace() || c == '>' || c == '/').unwrap_or(rest.len());
        let name = rest[..end].to_lowercase();
        rest = &rest[end..];
        let mut attributes = Vec::new();
        loop {
            rest = rest.trim_start_matches(|c: char| c.is_whitespace() || c == '/');
            if rest.is_empty() || rest.starts_with('>') {
                break;
            }
            let end = rest.find(|c: char| c.is_whitespace() || "=>/".contains(c)).unwrap_or(rest.len()).max(1);
            let attribute = rest[..end].to_lowercase();
            rest = &rest[end..];
            let mut value = String::new();
            if let Some(said) = rest.strip_prefix('=') {
                let quote = said.chars().next().filter(|c| "\"'".contains(*c)).expect("every value is quoted");
                let (found, after) = said[1..].split_once(quote).expect("a value that ends");
                (value, rest) = (found.to_owned(), after);
            }
            attributes.push((attribute, value));
        }
        tags.push((name, attributes));
    }
    tags
}

/// Whether a page has no tag and no attribute that runs anything, but for the script of our own.
fn is_harmless(page: &str) -> bool {
    tags(page).iter().all(|(name, attributes)| {
        let runs = |(attribute, value): &(String, String)| {
            let leads = ["href", "action", "src"].contains(&attribute.as_str());
            attribute.starts_with("on")
                || attribute == "style"
                || (leads && value.trim().to_lowercase().starts_with("javascript"))
        };
        let own = attributes.iter().any(|(name, value)| name == "src" && value.starts_with("/assets/signpost."));
        let tag = match name.as_str() {
            "script" => own,
            "img" | "iframe" | "object" | "embed" | "base" | "style" => false,
            _ => true,
        };
        tag && !attributes.iter().any(runs)
    })
}

#[test]
fn what_runs_is_seen() {
    for bad in ["<script>", "<p onclick=\"x\">", "<a href=\"javascript:1\">", "<img src=\"x\">", "<svg/onload=\"x\">"] {
        assert!(!is_harmless(bad), "{bad}");
    }
    assert!(is_harmless("<p title=\"<script> onclick=\">&lt;script&gt; onerror=1</p>"));
}

fn gets(scene: &Scene) -> Vec<String> {
    PATHS.iter().filter(|(_, method)| *method == "get").map(|(path, _)| filled(path, scene)).collect()
}

on_both! {
    fn w4_what_people_write_is_text_on_every_page(world) {
        let scene = Scene::open(world);
        let browsers = ["planner", "mentor1", "dev1", "ada"].map(|name| Browser::of(world, scene.who(name)));
        for text in HOSTILE {
            let asked = scene.ask("ada", json!({"title": text, "body": text, "topic": "etl"}));
            let place = format!("/h/h1/questions/{}", asked["number"]);
            browsers[2].post(&format!("{place}/comment"), &[("body", text)]).must(303);
            browsers[2].post(&format!("{place}/note"), &[("body", text)]).must(303);
            browsers[2].post(&format!("{place}/hand-off"), &[("to", "unit:operations"), ("reason", text), ("note", text)]).must(303);
            let query = signpost::pages::form::query(text);
            for browser in &browsers {
                let more = [place.clone(), format!("/h/h1?q={query}"), format!("/h/h1/questions?q={query}&state={query}&cursor="), format!("/h/h1/ask?title={query}")];
                for path in more {
                    let page = browser.page(&path);
                    assert!(is_harmless(&page), "{path}: {page}");
                }
            }
            let kept = browsers[3].post("/h/h1/ask", &[("title", ""), ("body", text), ("topic", text)]).must(422).text();
            assert!(is_harmless(&kept), "{kept}");
            let kept = Browser::new(world).post("/sign-in", &[("email", text), ("to", text)]).must(422).text();
            assert!(is_harmless(&kept), "{kept}");
        }
        for browser in &browsers {
            for path in gets(&scene) {
                let reply = browser.get(&path);
                // What is taken away as a file is no page.
                assert!(reply.header("content-disposition").is_some() || is_harmless(&reply.text()), "{path}");
            }
        }
    }

    fn every_page_is_in_both_languages(world) {
        let scene = Scene::open(world);
        let (english, korean) = (Browser::of(world, scene.who("planner")), Browser::of(world, scene.who("planner")).korean());
        for path in gets(&scene).into_iter().filter(|path| path != "/docs" && !path.starts_with("/assets") && !path.ends_with("/answer") && !path.ends_with("/live") && !path.ends_with("/file")) {
            let (en, ko) = (english.get(&path), korean.get(&path));
            if en.status == 303 {
                continue;
            }
            assert!(en.text().contains("<html lang=\"en\""), "{path}");
            assert!(ko.text().contains("<html lang=\"ko\""), "{path}");
            let title = |page: &str| page.split("<h1").nth(1).and_then(|rest| rest.split("</h1>").next()).unwrap_or_default().to_owned();
            let (en, ko) = (title(&en.text()), title(&ko.text()));
            let is_the_users = ["/questions/", "/teams/", "/scores/", "/follow-ups/", "/webhooks/"].iter().any(|part| path.contains(part)) || path.ends_with("/decisions/1");
            assert!(is_the_users || (en != ko && ko.chars().any(|c| ('가'..='힣').contains(&c))), "{path}: {en} / {ko}");
        }
    }

    fn korean_says_who_and_when(world) {
        let scene = Scene::open(world);
        let ada = Browser::of(world, scene.who("ada")).korean();
        let page = ada.page("/h/h1?q=%ED%8C%8C%EC%9D%B4%ED%94%84%EB%9D%BC%EC%9D%B8+%EB%B3%80%ED%99%98");
        assert!(page.contains("<h2>개발팀</h2>") && page.contains("ETL 파이프라인 담당"), "{page}");
        assert!(page.contains("16:00 GMT까지 응답 가능"), "{page}");
        let asked = ada.done("/h/h1/ask", &[("title", "파이프라인을 어떻게 예약하나요?"), ("topic", "etl")]);
        assert!(asked.contains("담당: 개발팀"), "{asked}");
        let english = Browser::of(world, scene.who("bob"));
        assert!(english.page("/h/h1/questions").contains("<span lang=\"ko\">파이프라인을 어떻게 예약하나요?</span>"));
        assert!(english.page("/h/h1/questions?q=%ED%8C%8C%EC%9D%B4%ED%94%84%EB%9D%BC%EC%9D%B8%EC%9D%B4").contains("예약하나요"), "a particle does not hide a word");
    }

    fn a_page_is_light(world) {
        let scene = Scene::open(world);
        for _ in 0..20 {
            scene.on_etl();
        }
        let ada = Browser::of(world, scene.who("ada"));
        let page = ada.page("/h/h1/questions");
        let part = |ending: &str| -> usize {
            let places = page.split('"').filter(|part| part.starts_with("/assets/") && part.ends_with(ending));
            let assets = places.map(|place| {
                let asset = ada.get(place).must(200);
                assert_eq!(asset.header("cache-control"), Some("public, max-age=31536000, immutable"));
                asset.body.len()
            });
            assets.sum()
        };
        let (style, script) = (part(".css"), part(".js"));
        assert!(style > 0 && script > 0 && script < 10 * 1024, "{script} bytes of script");
        for path in gets(&scene).into_iter().filter(|path| path != "/docs") {
            let html = ada.get(&path).body.len();
            assert!(html + style < 50 * 1024, "{path}: {html} + {style} bytes");
        }
        assert!(!page.contains("style=") && !page.contains("onclick"), "nothing is written into a page that a policy would stop");
    }

    fn the_answer_while_typing_is_a_piece_of_a_page(world) {
        let scene = Scene::open(world);
        let ada = Browser::of(world, scene.who("ada"));
        let piece = ada.page("/h/h1/answer?q=install+a+package+with+pip");
        assert!(piece.contains("<h2>Operations team</h2>") && !piece.contains("<html"), "{piece}");
        assert!(piece.contains("On duty from Wed 6 Nov 08:00 GMT"), "{piece}");
        assert!(ada.page("/h/h1/answer").contains("Or choose a topic"));
        let unsure = ada.page("/h/h1/answer?q=zzz");
        assert!(unsure.contains("We are not sure what this is about.") && unsure.contains("Stands by your team"), "{unsure}");
        assert!(unsure.matches("class=\"chip\"").count() <= 3, "{unsure}");
    }
}
