// The page "sync and replica", read from a workstation.
#include "client/model/sync_page.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "client/sync/user_store.h"
#include "client/sync/workstation.h"
#include "storage/base/clock.h"
#include "storage/base/random.h"
#include "storage/view/view.h"
#include "tests/temporary_folder.h"
#include "tests/ui/sample_station.h"
#include "tests/unit/client/language/in_language.h"

namespace daftar {
namespace {

using testing::HasSubstr;

constexpr int64_t kNow = 1'795'200'000'000;
constexpr int64_t kHour = 3'600'000;

class SyncPageTest : public testing::Test {
 protected:
  SyncPage Read() {
    const auto view = station_->Read();
    EXPECT_TRUE(view.ok()) << view.status();
    StatusOr<SyncPage> page = ReadSyncPage(*station_, **view, kNow);
    EXPECT_TRUE(page.ok()) << page.status();
    return page.ok() ? *std::move(page) : SyncPage();
  }
  void Change(const std::function<void(v1::SyncStatus&)>& change) { ASSERT_TRUE(station_->user().Update(change).ok()); }
  static const SyncPage::Fact& FactOf(const std::vector<SyncPage::Fact>& facts, std::string_view label) {
    static const SyncPage::Fact kNone;
    for (const SyncPage::Fact& fact : facts) {
      if (fact.label == label) return fact;
    }
    return kNone;
  }

  const InLanguage speaking_{Language::kEnglish};
  TemporaryFolder folder_;
  FakeClock clock_{kNow};
  SeededRandom random_{1};
  std::unique_ptr<Workstation> station_ = MakeSampleStation(folder_.File("station"), clock_, random_);
};

TEST_F(SyncPageTest, SaysThatNoServerIsChosenAndHowToChooseOne) {
  const SyncPage page = Read();
  EXPECT_FALSE(page.has_server);
  EXPECT_EQ(FactOf(page.connection, "Server").value, "none chosen");
  EXPECT_THAT(FactOf(page.connection, "Server").advice, HasSubstr("daftarctl sync --server"));
}

TEST_F(SyncPageTest, SaysAllOfWhyTheLastAttemptFailedAndWhatThatMeans) {
  const std::string reason(400, 'x');
  Change([&](v1::SyncStatus& status) {
    status.set_server("127.0.0.1:7700");
    status.set_last_success_ms(kNow - 5 * kHour);
    status.set_last_attempt_ms(kNow - kHour);
    status.set_last_error(reason);
    status.set_retry_ms(kNow + 30'000);
  });
  const SyncPage page = Read();
  EXPECT_THAT(FactOf(page.connection, "Last success").value, HasSubstr("5 hours ago"));
  EXPECT_THAT(FactOf(page.connection, "Last attempt").value, HasSubstr("1 hour ago"));
  EXPECT_EQ(FactOf(page.connection, "Why it failed").value, reason);
  EXPECT_THAT(FactOf(page.connection, "Why it failed").advice, HasSubstr("waits in the outbox"));
  EXPECT_EQ(FactOf(page.connection, "Next try").value, "in 30 seconds");
}

TEST_F(SyncPageTest, ListsWhatWaitsByTheRecordItIsAbout) {
  const SyncPage page = Read();
  EXPECT_EQ(page.outbox_words, "1 change waits to be sent.");
  ASSERT_EQ(page.outbox.size(), 1u);
  EXPECT_FALSE(page.outbox[0].record.address.empty());
  EXPECT_THAT(page.outbox[0].note, HasSubstr("Tester"));
  EXPECT_THAT(page.outbox[0].note, HasSubstr("the sample"));
  EXPECT_EQ(page.conflict_words, "No conflict waits for a decision.");
}

TEST_F(SyncPageTest, CountsBytesByDirectionAndClassAndAgainstTheBudgets) {
  Change([&](v1::SyncStatus& status) {
    v1::Traffic& traffic = *status.mutable_traffic();
    v1::Traffic::Counter& changes = *traffic.add_total();
    changes.set_class_(v1::Traffic::Class::CHANGES);
    changes.set_received(12'300);
    changes.set_sent(40);
    v1::Traffic::Counter& pushes = *traffic.add_total();
    pushes.set_class_(v1::Traffic::Class::PUSHES);
    pushes.set_sent(2'000'000);
    traffic.set_day(static_cast<int32_t>(kNow / 86'400'000));
    traffic.set_day_bytes(2'000'000);
    status.mutable_budget()->set_day(1'000'000);
  });
  const SyncPage page = Read();
  EXPECT_EQ(page.traffic.front().label, "Changes");
  EXPECT_EQ(page.traffic.front().received, "12.3 kB");
  EXPECT_EQ(page.traffic.front().sent, "40 B");
  EXPECT_EQ(page.traffic.back().label, "All together");
  EXPECT_EQ(page.traffic.back().received, "12.3 kB");
  ASSERT_EQ(page.budgets.size(), 3u);
  EXPECT_EQ(page.budgets[1].used, "2 MB used; limit 1 MB");
  EXPECT_TRUE(page.budgets[1].used_up);
  EXPECT_THAT(page.budgets[2].used, HasSubstr("no limit"));
  EXPECT_FALSE(page.budgets[2].used_up);
}

TEST_F(SyncPageTest, SaysThatSyncingIsPaused) {
  Change([](v1::SyncStatus& status) { status.set_paused(true); });
  const SyncPage page = Read();
  EXPECT_TRUE(page.paused);
  EXPECT_THAT(FactOf(page.connection, "Next try").value, HasSubstr("paused"));
}

TEST_F(SyncPageTest, ItsTextHoldsWhatThePageHolds) {
  const std::string text = SyncPageAsText(Read());
  for (const char* part :
       {"Server: none chosen", "1 change waits", "Records:", "Changes: 0 B received", "Today (UTC):"})
    EXPECT_THAT(text, HasSubstr(part));
}

TEST_F(SyncPageTest, SpeaksTheReadersLanguage) {
  UseLanguage(Language::kDari);
  const SyncPage page = Read();
  EXPECT_EQ(page.outbox_words, "۱ تغییر در انتظار فرستادن است.");
  EXPECT_EQ(FactOf(page.connection, "سرور").value, "انتخاب نشده");
}

TEST(VerifyOutcomeTest, OfASoundReplicaIsThatAllIsWell) {
  VerifyReport report;
  report.checked = 3;
  const VerifyOutcome outcome = OutcomeOf(report);
  EXPECT_TRUE(outcome.healthy);
  EXPECT_THAT(outcome.words, HasSubstr("3 records checked. Every byte"));
}

TEST(VerifyOutcomeTest, OfDamageIsWhatIsDamagedAndWhatMendsIt) {
  VerifyReport report;
  report.checked = 3;
  report.records.push_back({});
  report.tables = {"by_date", "by_place"};
  const VerifyOutcome outcome = OutcomeOf(report);
  EXPECT_FALSE(outcome.healthy);
  EXPECT_THAT(outcome.words, HasSubstr("1 record is damaged. 2 damaged indexes were built anew."));
  EXPECT_THAT(outcome.words, HasSubstr("The next sync fetches"));
}

TEST(VerifyOutcomeTest, OfDamageThatCannotBeToldIsThatSomebodyHasToAct) {
  VerifyReport report;
  report.digest_holds = false;
  EXPECT_THAT(OutcomeOf(report).words, HasSubstr("daftarctl verify"));
}

}  // namespace
}  // namespace daftar
