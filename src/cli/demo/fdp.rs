//! Questions of the month-long hackathon, over its three sprints: from day 0, from day 9, from day 17.

use super::script::Deed::*;
use super::script::Step;
use super::script::When::{Ago, Day};

/// The story.
pub const STORY: &[Step] = &[
    (
        Day(0, 14, 0),
        "ds2",
        "sklearn",
        Ask(
            "package-install",
            "How do I install scikit-learn in the platform's environment?",
            "`pip install scikit-learn` in a notebook says that the network cannot be reached.\n\nWe need 1.5 or later for our baseline model.",
        ),
    ),
    (Day(0, 14, 20), "operations-engineer", "sklearn", Claim),
    (
        Day(0, 14, 45),
        "operations-engineer",
        "sklearn",
        Answer(
            "Packages come from the environment's own list, not from the internet.\n\n1. Open the environment's settings.\n2. Add `scikit-learn` and save.\n3. Start the notebook again.\n\nIt takes about five minutes. The list: https://docs.example.org/packages",
        ),
    ),
    (Day(1, 10, 0), "ds2", "sklearn", Accept),
    (
        Day(1, 11, 0),
        "ds5",
        "pip",
        Ask(
            "package-install",
            "pip cannot reach the network",
            "I want scikit-learn, and pip says that there is no route.",
        ),
    ),
    (Day(1, 11, 30), "operations-engineer", "pip", Merge("sklearn")),
    (
        Day(2, 10, 0),
        "ds4",
        "worth",
        Ask(
            "business-context",
            "What would make an idea worth building for the sponsor?",
            "Our mentor says to think in production terms. Which users would have it first?",
        ),
    ),
    (Day(2, 12, 10), "sponsor", "worth", Claim),
    (
        Day(2, 12, 30),
        "sponsor",
        "worth",
        Answer(
            "Something that one trust can run in spring and forty can in autumn. Bed managers first: they decide every morning.",
        ),
    ),
    (Day(2, 13, 30), "ds4", "worth", Accept),
    (
        Day(3, 10, 30),
        "ds1",
        "login",
        Ask(
            "platform-access",
            "개발용 계정으로 로그인이 되지 않습니다",
            "초대 메일의 링크를 열면 만료되었다고 나옵니다. 다시 보내 주실 수 있나요?",
        ),
    ),
    (Day(3, 10, 50), "operations-engineer", "login", Claim),
    (
        Day(3, 11, 30),
        "operations-engineer",
        "login",
        Answer("초대를 다시 보냈습니다. 이번 링크는 72시간 동안 쓸 수 있습니다."),
    ),
    (Day(3, 13, 0), "ds1", "login", Accept),
    (
        Day(9, 10, 0),
        "ds4",
        "nightly",
        Ask(
            "etl-pipelines",
            "The nightly build of our pipeline times out after an hour",
            "It joins admissions with the staff rota. Since Tuesday it stops after 60 minutes:\n\n```\nBuildTimeout: job 4711 exceeded 3600 s\n```\n\nIs there a way to give it more memory or time?",
        ),
    ),
    (Day(9, 10, 20), "etl-engineer", "nightly", Claim),
    (
        Day(9, 11, 0),
        "etl-engineer",
        "nightly",
        Comment(
            "The join itself is fine: it is the quota of your project that ends it. I pass it to operations, who can raise it.",
        ),
    ),
    (
        Day(9, 11, 5),
        "etl-engineer",
        "nightly",
        HandToUnit("palantir-operations", "The pipeline is fine; the project's quota is too small."),
    ),
    (Day(9, 11, 40), "operations-engineer", "nightly", Receive),
    (Day(9, 11, 45), "operations-engineer", "nightly", Claim),
    (
        Day(9, 14, 0),
        "operations-engineer",
        "nightly",
        Answer(
            "Your project now has 64 GB and a limit of three hours. Tonight's build will tell; write here if it does not.",
        ),
    ),
    (
        Day(10, 10, 0),
        "ds3",
        "rota",
        Ask(
            "etl-pipelines",
            "May we join the staff rota with admissions?",
            "The pipeline can do it. What we do not know is whether we may: the rota names people.",
        ),
    ),
    (Day(10, 10, 30), "etl-engineer", "rota", Claim),
    (
        Day(10, 10, 40),
        "etl-engineer",
        "rota",
        HandToUnit("data-analytics", "This is about permission, not about pipelines."),
    ),
    (Day(10, 12, 10), "sponsor", "rota", Receive),
    (Day(10, 12, 15), "sponsor", "rota", Claim),
    (Day(10, 12, 20), "sponsor", "rota", Note("Information governance has to say this, in writing.")),
    (
        Day(10, 12, 30),
        "sponsor",
        "rota",
        Invite("governance@example.com", "Information governance lead", "nhs-england"),
    ),
    (
        Day(11, 10, 0),
        "",
        "rota",
        GuestAnswers(
            "Yes, with the pseudonymised rota only. Use the dataset `rota_pseudonymised`; the named one may not leave its project.",
        ),
    ),
    (Day(11, 11, 0), "ds3", "rota", Accept),
    (
        Day(14, 11, 0),
        "ds5",
        "serving",
        Ask(
            "ml-modelling",
            "Which models can we serve ourselves?",
            "We have a small gradient boosting model and would like to call it from the application.",
        ),
    ),
    (Day(14, 11, 20), "mentor4", "serving", Claim),
    (
        Day(14, 13, 0),
        "mentor4",
        "serving",
        Answer("Anything that fits the model template. Publish it as a model asset, then bind it to a function."),
    ),
    (
        Day(17, 10, 0),
        "ds1",
        "merge-right",
        Ask(
            "repo-setup",
            "우리 팀 저장소에 병합 권한이 없습니다",
            "master 브랜치에 병합하려고 하면 권한이 없다고 나옵니다. 팀원 모두 같은 상황입니다.",
        ),
    ),
    (Day(17, 10, 20), "mentor1", "merge-right", Claim),
    (Day(17, 10, 40), "mentor1", "merge-right", Wait("저장소 주소와 오류 화면을 올려 주시겠어요?")),
    (
        Day(17, 10, 30),
        "ds2",
        "spark",
        Ask(
            "etl-pipelines",
            "Spark job fails with a join on different key types",
            "One side has the ward as a number, the other as text.",
        ),
    ),
    (Day(17, 13, 0), "ds4", "submit", Ask("judging", "Where do we submit the demo, and by when?", "")),
    (Day(17, 13, 20), "planner", "submit", Claim),
    (Ago(170), "ds1", "datasets", Ask("data-access", "어떤 데이터셋을 모델 학습에 써도 되나요?", "")),
    (
        Ago(90),
        "ds1",
        "object-type",
        Ask(
            "platform-features",
            "Workshop application does not show our new object type",
            "It is there in the ontology, and we published it.",
        ),
    ),
    (Ago(70), "etl-engineer", "object-type", Claim),
    (
        Ago(20),
        "etl-engineer",
        "object-type",
        HandToUnit(
            "palantir-operations",
            "The type is right; the application's cache has to be cleared by operations.",
        ),
    ),
    (
        Ago(10),
        "ds2",
        "share",
        AskForTeam("etl-pipelines", "Can two teams share one pipeline?", "We talked to team 3 about it."),
    ),
];
