//! News on pages that are open: announced, shown by one press, and none is missed.

use serde_json::json;

use super::chrome::{Chrome, ENTER};
use super::look::findings;
use crate::on_both;
use crate::questions::scene::Scene;

/// What the bar says, where it is shown.
fn says(words: &str) -> String {
    format!("document.querySelector('.live.on [role=status]')?.innerText === {}", json!(words))
}

const NUMBERS: &str = "[...document.querySelectorAll('.item')].map(one => one.dataset.number).join()";
/// Where everything is that could move.
const PLACES: &str = "JSON.stringify([...document.querySelectorAll('main *:not(.live, .live *)')].map(one => [one.getBoundingClientRect().x, one.getBoundingClientRect().y]))";

fn open(scene: &Scene, who: &str, path: &str) -> Chrome {
    let chrome = Chrome::open(scene.world);
    chrome.sign_in(scene.world, scene.who(who));
    chrome.go(path);
    chrome
}

on_both! {
    fn what_is_asked_is_announced_and_shown_by_one_press(world) {
        let scene = Scene::open(world);
        scene.on_etl();
        let dev = open(&scene, "dev1", "/h/h1/queue");
        dev.press("j");
        let before = dev.text(PLACES);
        scene.on_etl();
        dev.sees(&says("1 new question"));
        scene.on_etl();
        dev.sees(&says("2 new questions"));
        dev.sees("document.title.startsWith('(2) ')");
        assert_eq!((dev.text(PLACES), dev.text(NUMBERS)), (before, "1".to_owned()), "nothing moves under the hand");
        dev.sees("document.activeElement.matches('.item .title')");
        assert_eq!(findings(&dev), Vec::<String>::new());
        dev.tab_to(".live button");
        dev.press(ENTER);
        dev.sees(&format!("{NUMBERS} === '1,2,3' && document.querySelectorAll('.item.fresh').length === 2"));
        dev.sees("document.activeElement.closest('.item').dataset.number === '2' && !document.querySelector('.live.on')");
        dev.press("jj");
        dev.sees("document.querySelectorAll('.item.here').length === 1");
        assert_eq!(dev.console(), Vec::<String>::new());
    }

    fn a_state_that_changed_is_marked_where_it_stands(world) {
        let scene = Scene::open(world);
        let question = scene.on_etl();
        let bob = open(&scene, "bob", "/h/h1/questions");
        scene.verb("dev1", &question, "claim").must(200);
        bob.sees("document.querySelector('.item .state.changed')?.innerText === 'In progress'");
        bob.sees("!document.querySelector('.live.on')");
        let private = json!({"title": "Ours alone", "topic": "etl", "visibility": "team"});
        scene.ask("cleo", private);
        scene.on_etl();
        bob.sees(&says("1 new question"));
    }

    fn an_answer_is_announced_and_what_was_typed_is_kept(world) {
        let scene = Scene::open(world);
        let question = scene.on_etl();
        let ada = open(&scene, "ada", "/h/h1/questions/1");
        ada.tab_to("#comment");
        ada.press("It runs by hand.");
        scene.verb_with("dev1", &question, "notes", json!({"body": "Between us."})).must(201);
        scene.verb_with("dev1", &question, "answers", json!({"body": "Open the scheduler."})).must(201);
        ada.sees(&says("There is a new answer."));
        assert!(!ada.text("document.body.innerText").contains("Open the scheduler."), "it is not shown by itself");
        ada.tab_to(".live button");
        ada.press(ENTER);
        ada.sees("document.activeElement.matches('.post.answer') && document.activeElement.innerText.includes('Open the scheduler.')");
        ada.sees("document.querySelector('.tag.answered') && document.getElementById('comment').value === 'It runs by hand.'");
        ada.sees("!document.body.innerText.includes('Between us.') && !document.querySelector('.live.on')");
    }

    fn what_was_refused_is_kept_when_news_are_shown(world) {
        let scene = Scene::open(world);
        let question = scene.on_etl();
        let ada = open(&scene, "ada", "/h/h1/questions/1");
        ada.run("document.querySelector('[name=title]').closest('details').open = true");
        ada.tab_to("#title");
        ada.run("document.getElementById('title').value = ''; document.getElementById('body').value = 'It runs by hand.'");
        ada.press(ENTER);
        ada.sees("document.activeElement.id === 'problem'");
        scene.verb_with("dev1", &question, "answers", json!({"body": "Open the scheduler."})).must(201);
        ada.sees(&says("There is a new answer."));
        ada.run("document.querySelector('.live button').click()");
        ada.sees("document.activeElement.matches('.post.answer') && document.getElementById('body').value === 'It runs by hand.'");
    }

    fn a_lost_line_is_told_and_nothing_is_missed(world) {
        let scene = Scene::open(world);
        let question = scene.on_etl();
        let node = world.beside();
        let url = node.url.clone();
        let bob = Chrome::at(&url);
        bob.sign_in(world, scene.who("bob"));
        bob.go("/h/h1/questions");
        scene.verb("dev1", &question, "claim").must(200);
        bob.sees("document.querySelector('.item .state.changed') !== null");
        drop(node);
        bob.sees(&says("No connection: what is new does not appear here until it is back."));
        scene.on_etl();
        let _node = world.beside_at(&url);
        bob.sees(&says("1 new question"));
        assert_eq!(bob.text(NUMBERS), "1");
        bob.run("document.querySelector('.live button').click()");
        bob.sees(&format!("{NUMBERS} === '2,1'"));
        let said = bob.console();
        assert!(said.iter().all(|line| line.contains("net::ERR_")), "nothing but that the line was lost: {said:?}");
    }

    fn a_page_listens_from_where_it_was_read(world) {
        let scene = Scene::open(world);
        scene.on_etl();
        let bob = open(&scene, "bob", "/h/h1/questions");
        let at = bob.text("document.querySelector('[data-live]').dataset.at");
        scene.on_etl();
        let line = format!("new EventSource('/h/h1/live?last_event_id={at}')");
        let first = bob.wait(&format!("new Promise(done => {line}.onmessage = event => done(JSON.parse(event.data)))"));
        assert_eq!((&first["number"], &first["tag"], &first["class"]), (&json!(2), &json!("Open"), &json!("open")));
        assert!(!first.to_string().contains("pipeline"), "{first}");
    }
}
