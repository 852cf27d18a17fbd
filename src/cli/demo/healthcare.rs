//! Questions of the two-week hackathon, in the language of those who ask.

use super::script::Deed::*;
use super::script::Step;
use super::script::When::Day;

/// The story.
pub const STORY: &[Step] = &[
    (
        Day(0, 10, 0),
        "ds1",
        "endpoint",
        Ask(
            "platform-features",
            "모델 엔드포인트가 429 오류를 냅니다",
            "분당 요청이 몇 건 되지 않는데도 `429 Too Many Requests`가 나옵니다. 프롬프트는 짧습니다.",
        ),
    ),
    (Day(0, 10, 15), "platform-expert", "endpoint", Claim),
    (
        Day(0, 10, 40),
        "platform-expert",
        "endpoint",
        HandToOrganization("kainos", "엔드포인트는 정상이고 구독의 쿼터가 부족합니다."),
    ),
    (Day(0, 11, 0), "cloud-engineer", "endpoint", Receive),
    (Day(0, 11, 5), "cloud-engineer", "endpoint", Claim),
    (
        Day(0, 13, 0),
        "cloud-engineer",
        "endpoint",
        Answer("구독의 분당 토큰 쿼터를 올렸습니다. 10분 뒤에 다시 시도해 보세요."),
    ),
    (Day(0, 14, 0), "ds1", "endpoint", Accept),
    (
        Day(1, 10, 0),
        "ds1",
        "demo-day",
        Ask("event-logistics", "발표회는 언제, 어디에서 하나요?", "발표 시간과 자료 양식도 알고 싶습니다."),
    ),
    (
        Day(1, 10, 30),
        "host",
        "demo-day",
        Answer("마지막 날 오후 2시, 본관 2층입니다. 팀당 10분이고 양식은 따로 없습니다."),
    ),
    (
        Day(2, 10, 0),
        "ds1",
        "users",
        Ask(
            "business-context",
            "이 서비스를 가장 먼저 쓸 사람은 누구인가요?",
            "병동 간호사인지 행정 담당인지에 따라 화면이 달라집니다.",
        ),
    ),
    (Day(9, 14, 0), "ds1", "network", Ask("infrastructure", "자원 그룹 밖의 저장소에 연결할 수 있나요?", "")),
    (Day(9, 14, 15), "cloud-engineer", "network", Claim),
];
