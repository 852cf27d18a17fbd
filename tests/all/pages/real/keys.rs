//! By keyboard alone, with scripts and without.

use serde_json::json;

use super::chrome::{Chrome, ENTER};
use super::look::findings;
use super::scene::lived;
use crate::questions::scene::{Scene, id};
use crate::support::{On, World};

/// Whether the focus can be seen: an outline around what has it, and nothing over it.
const IS_SEEN: &str = "(() => {
    const one = document.activeElement, style = getComputedStyle(one), box = one.getBoundingClientRect();
    const top = document.elementFromPoint(box.x + Math.min(box.width / 2, 20), box.y + Math.min(box.height / 2, 12));
    const isOnTop = top && (one.contains(top) || top.contains(one) || (one.labels && [...one.labels].some(label => label.contains(top))));
    return style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2 && isOnTop ? '' : one.outerHTML.slice(0, 200) + JSON.stringify(box) + top?.outerHTML.slice(0, 200);
})()";

fn as_somebody(world: &World, name: &str) -> Chrome {
    let chrome = Chrome::open(world);
    chrome.sign_in(world, &world.person(name));
    chrome
}

#[test]
fn who_do_i_ask_leads_to_a_filed_question() {
    let world = World::new(On::Sqlite);
    let _scene = Scene::open(&world);
    for scripts in [true, false] {
        let ada = as_somebody(&world, "ada");
        ada.devtools("Emulation.setScriptExecutionDisabled", json!({"value": !scripts}));
        ada.go("/h/h1");
        ada.tab_to("#q");
        ada.press("how do I schedule a pipeline");
        if scripts {
            ada.sees("document.querySelector('.contact h2')?.innerText === 'Development team'");
        } else {
            ada.press(ENTER);
        }
        ada.sees("location.search.startsWith('?q=how')");
        ada.tab_to(".file button");
        ada.press(ENTER);
        ada.sees("document.querySelector('h1')?.innerText === 'how do I schedule a pipeline'");
        ada.sees("document.querySelector('.next').innerText.includes('It lies with Development team')");
        assert_eq!(ada.console(), Vec::<String>::new());
    }
}

#[test]
fn an_error_has_the_focus_and_leads_to_its_field() {
    let world = World::new(On::Sqlite);
    let _scene = Scene::open(&world);
    let ada = as_somebody(&world, "ada");
    ada.go("/h/h1/ask");
    ada.tab_to("#body");
    ada.press("I tried it.");
    ada.tab_to("main form button");
    ada.press(ENTER);
    ada.sees("document.activeElement.id === 'problem'");
    ada.sees("document.title.startsWith('Error: ') && document.getElementById('body').value === 'I tried it.'");
    ada.sees("document.querySelector('#problem a').innerText === document.getElementById('title-fault').innerText");
    assert_eq!(findings(&ada), Vec::<String>::new());
    ada.tab_to("#problem a");
    ada.press(ENTER);
    ada.sees("document.activeElement.id === 'title'");
    let dev = as_somebody(&world, "dev1");
    dev.go("/sign-in");
    dev.tab_to("main form button");
    dev.press(ENTER);
    dev.sees("document.activeElement.id === 'problem'");
    assert_eq!(findings(&dev), Vec::<String>::new());
}

/// The arrow to the right, as WebDriver writes it.
const RIGHT: &str = "\u{e014}";

#[test]
fn a_score_is_given_and_sealed_by_keys() {
    let world = World::new(On::Sqlite);
    let scene = Scene::open(&world);
    let list = |name: &str| format!("/v1/hackathons/h1/{name}");
    scene.post("planner", &list("criteria"), json!({"name": "Value", "weight": 3})).must(201);
    for (team, scripts) in [("red", true), ("blue", false)] {
        let handed_in = json!({"team": team, "title": "It works"});
        let submission = id(&scene.post("planner", &list("submissions"), handed_in).must(201).json());
        let judge = as_somebody(&world, "judge");
        judge.devtools("Emulation.setScriptExecutionDisabled", json!({"value": !scripts}));
        judge.go(&format!("/h/h1/judging/scores/{submission}"));
        judge.tab_to(".scale input");
        judge.press(&RIGHT.repeat(8));
        judge.sees("document.querySelector('.scale :checked').value === '7'");
        judge.tab_to("button[name=seal]");
        judge.press(ENTER);
        judge.sees("document.querySelector('h2')?.innerText === 'Look at it once more'");
        judge.tab_to("main form button");
        judge.press(ENTER);
        judge.sees("location.pathname === '/h/h1/judging'");
        judge.sees("document.querySelector('main').innerText.includes('You are done.')");
        assert_eq!(judge.console(), Vec::<String>::new());
    }
}

#[test]
fn the_queue_is_worked_off_by_keys() {
    let world = World::new(On::Sqlite);
    let scene = Scene::open(&world);
    let numbers: Vec<String> = (0..3).map(|_| scene.see("dev1", &scene.on_etl())["number"].to_string()).collect();
    let dev = as_somebody(&world, "dev1");
    let on = |number: &str| format!("document.activeElement.closest('.item')?.dataset.number === '{number}'");
    dev.go("/h/h1/queue");
    dev.press("jj");
    dev.sees(&on(&numbers[1]));
    dev.press("k");
    dev.sees(&on(&numbers[0]));
    dev.press("j");
    dev.press(ENTER);
    dev.sees(&format!("location.pathname.endsWith('/questions/{}')", numbers[1]));
    dev.go("/h/h1/queue");
    dev.press("j1");
    dev.sees("document.querySelector('.next').innerText.includes('dev1 has it')");
    dev.go("/h/h1/queue");
    dev.press("jh");
    dev.sees("document.activeElement.id === 'to' && document.activeElement.closest('details').open");
}

#[test]
fn keys_are_left_to_whoever_writes_and_can_be_switched_off() {
    let world = World::new(On::Sqlite);
    let scene = Scene::open(&world);
    scene.on_etl();
    let dev = as_somebody(&world, "dev1");
    let nothing = "!document.querySelector('.item.here') && location.pathname === '/h/h1/queue'";
    dev.go("/h/h1/queue");
    let composing =
        "new KeyboardEvent('keydown', {code: 'KeyJ', key: 'ㅓ', isComposing: true, bubbles: true, cancelable: true})";
    dev.sees(&format!("document.body.dispatchEvent({composing})"));
    dev.sees(nothing);
    dev.run("document.querySelector('main').insertAdjacentHTML('beforeend', '<input id=field>'); document.getElementById('field').focus()");
    dev.press("j1h");
    dev.sees("document.getElementById('field').value === 'j1h'");
    dev.sees(nothing);
    dev.tab_to("#keys input");
    dev.press(" ");
    dev.press("j");
    dev.sees(nothing);
    dev.go("/h/h1/queue");
    dev.press("j");
    dev.sees(nothing);
    dev.tab_to("#keys input");
    dev.press(" j");
    dev.sees("document.querySelector('.item.here') !== null");
}

#[test]
fn what_is_composed_is_asked_for_when_it_is_a_word() {
    let world = World::new(On::Sqlite);
    let scene = Scene::open(&world);
    let asked = json!({"title": "데이터 승인을 어디서 받나요?", "topic": "data"});
    let number = scene.ask("bob", asked)["number"].to_string();
    let ada = as_somebody(&world, "ada");
    ada.cookie("signpost-lang", "ko");
    ada.go("/h/h1");
    ada.tab_to("#q");
    let compose = |text: &str| {
        ada.devtools("Input.imeSetComposition", json!({"text": text, "selectionStart": 1, "selectionEnd": 1}));
    };
    for syllable in ["ㅍ", "파", "팡"] {
        compose(syllable);
    }
    std::thread::sleep(std::time::Duration::from_millis(600));
    assert_eq!(ada.text("location.search"), "", "it is not asked for before it is a word");
    ada.devtools("Input.insertText", json!({"text": "파이프라인이 멈춰요"}));
    ada.sees("document.querySelector('.contact h2')?.innerText === '개발팀'");
    for words in ["승인", "승인이", "데이터에"] {
        ada.go("/h/h1/questions");
        ada.tab_to("#q");
        ada.devtools("Input.insertText", json!({"text": words}));
        ada.press(ENTER);
        ada.sees(&format!("location.search !== '' && document.querySelector('.item')?.dataset.number === '{number}'"));
    }
}

#[test]
fn the_focus_is_seen_wherever_tab_leads() {
    let world = World::new(On::Sqlite);
    let _scene = lived(&world);
    let dev = as_somebody(&world, "dev1");
    for path in [
        "/h/h1?q=install+a+package",
        "/h/h1/ask",
        "/h/h1/queue",
        "/h/h1/questions",
        "/h/h1/questions/2",
        "/h/h1/matrix",
    ] {
        for width in [1280, 320] {
            dev.width(width);
            dev.go(path);
            let stops = 60;
            for _ in 0..stops {
                dev.press(super::chrome::TAB);
                if dev.text("document.activeElement === document.body") == "true" {
                    break;
                }
                assert_eq!(dev.text(IS_SEEN), "", "{path} at {width}");
            }
        }
    }
}

#[test]
fn nothing_moves_for_whoever_wants_no_motion() {
    let world = World::new(On::Sqlite);
    let _scene = lived(&world);
    let dev = as_somebody(&world, "dev1");
    let moving = "[...document.querySelectorAll('*')].filter(one => parseFloat(getComputedStyle(one).transitionDuration) > 0 || getComputedStyle(one).animationName !== 'none').length";
    dev.go("/h/h1/queue");
    assert_eq!(dev.text(moving), "0");
    dev.media("no-preference");
    dev.go("/h/h1/queue");
    assert_ne!(dev.text(moving), "0", "what is measured would be seen");
}

#[test]
fn on_paper_there_is_the_talk_and_nothing_to_press() {
    let world = World::new(On::Sqlite);
    let _scene = lived(&world);
    let ada = as_somebody(&world, "ada");
    ada.go("/h/h1/questions/4");
    ada.devtools("Emulation.setEmulatedMedia", json!({"media": "print"}));
    let shown = "[...document.querySelectorAll('button, nav, footer, textarea, summary')].filter(one => one.checkVisibility()).map(one => one.outerHTML)";
    assert_eq!(ada.text(shown), "");
    assert!(ada.text("document.body.innerText").contains("Those without a key"));
}
