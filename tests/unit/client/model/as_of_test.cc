#include "client/model/as_of.h"

#include "tests/unit/client/model/sample_view.h"

namespace daftar {
namespace {

using model_test::Day;
using model_test::Sample;

AsOfStatus StatusOf(const ReadView& view, std::string_view id, std::string_view day) {
  StatusOr<std::optional<Record>> record = view.Get(view.Resolve(id).value());
  return StatusAsOf(view, **record, Day(day)).value();
}

// The alert from 24 September to 15 October 2024, told on 2 October.
AsOfStatus AlertOn(std::string_view day) { return StatusOf(Sample(), "sample:A-I17", day); }

TEST(AsOfTest, AnAlertHasNotBegunTheDayBefore) {
  AsOfStatus status = AlertOn("2024-09-23");
  EXPECT_EQ(status.state, AsOfState::kNotYet);
  EXPECT_EQ(status.words, "not yet: begins 24 Sep 2024");
}

TEST(AsOfTest, AnAlertIsActiveFromItsFirstDay) { EXPECT_EQ(AlertOn("2024-09-24").state, AsOfState::kActive); }

TEST(AsOfTest, AnEndLaterThanItsSourceIsPlanned) {
  AsOfStatus status = AlertOn("2024-10-02");
  EXPECT_EQ(status.state, AsOfState::kActive);
  EXPECT_EQ(status.planned_end, "2024-10-15");
  EXPECT_EQ(status.words, "active, planned end 15 Oct 2024");
}

TEST(AsOfTest, StaysActiveUntilThePlannedEnd) {
  EXPECT_EQ(AlertOn("2024-10-10").words, "active, planned end 15 Oct 2024");
  EXPECT_EQ(AlertOn("2024-10-15").state, AsOfState::kActive);
}

TEST(AsOfTest, SaysThatNobodyConfirmsThePlannedEnd) {
  AsOfStatus status = AlertOn("2024-10-16");
  EXPECT_EQ(status.state, AsOfState::kEnded);
  EXPECT_EQ(status.words, "ended 15 Oct 2024 (the end was planned; no later source confirms it)");
}

TEST(AsOfTest, TheIncidentOfTheAlertSaysTheSame) {
  EXPECT_EQ(StatusOf(Sample(), "sample:I17", "2024-10-02").words, AlertOn("2024-10-02").words);
}

TEST(AsOfTest, ARecordWithoutAPeriodHasNoStatus) {
  AsOfStatus status = StatusOf(Sample(), "sample:I01", "2024-10-02");
  EXPECT_EQ(status.state, AsOfState::kUnknown);
  EXPECT_EQ(status.words, "");
}

constexpr std::string_view kTwoSources = R"(
  source { external { system: "t" id: "Early" } name { text: "Early" }
           published { first_day: 20000 last_day: 20000 precision: DAY } }
  source { external { system: "t" id: "Late" } name { text: "Late" }
           published { first_day: 20020 last_day: 20020 precision: DAY } }
  alert_period { external { system: "t" id: "A" } name { text: "Alert" }
    account { source: "t:Early" credibility: CONFIRMED
              period { from { first_day: 19990 last_day: 19990 precision: DAY }
                       to { first_day: 20010 last_day: 20010 precision: DAY } } }
    account { source: "t:Late"
              period { from { first_day: 19990 last_day: 19990 precision: DAY }
                       to { first_day: 20010 last_day: 20010 precision: DAY } } } }
)";

TEST(AsOfTest, ALaterSourceConfirmsThePlannedEnd) {
  auto view = FakeView::OfText(kTwoSources);
  AsOfStatus status = StatusOf(*view, "t:A", IsoDay(20011));
  EXPECT_EQ(status.planned_end, "");
  EXPECT_EQ(status.words, "ended 14 Oct 2024");
}

TEST(AsOfTest, GivesBackAnErrorOfReading) {
  auto view = FakeView::OfText(kTwoSources);
  Record record = **view->Get(view->Resolve("t:A").value());
  view->FailWith(DataLoss("damaged"));
  EXPECT_EQ(StatusAsOf(*view, record, 20000).status().code(), StatusCode::kDataLoss);
}

}  // namespace
}  // namespace daftar
