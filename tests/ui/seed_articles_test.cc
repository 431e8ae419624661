// The five seed articles entered from nothing, twice: by somebody who clicks and types in the window, and by `daftarctl
// form`. Both read the same script (tests/data/seed_articles) and push to a server of their own; both datasets are
// then the same, and they say what the articles say.
//
// Clock and randomness of each record are the same for both, so ids and keys are, too, and nothing is left out of the
// comparison of the two. Of that with the sample these are: `review`, which is decided about a record and not filled
// in; `contradicts`, which forms do not ask for; keys, which the sample counts; and what words do not say: how far off
// the far end of "before 2 Jan 2021" may be, and whether ten days are a long week or a third of a month.
#include <gmock/gmock.h>
#include <google/protobuf/util/message_differencer.h>
#include <gtest/gtest.h>

#include <cstdio>
#include <ctime>
#include <map>
#include <nlohmann/json.hpp>
#include <sstream>

#include "client/sync/engine.h"
#include "daftar/v1/account.pb.h"
#include "daftar/v1/records.pb.h"
#include "server/core/dataset.h"
#include "storage/model/date.h"
#include "storage/model/fields.h"
#include "storage/model/record.h"
#include "storage/view/read_view.h"
#include "tests/ui/seed_script.h"
#include "tests/ui/typist.h"
#include "tests/unit/client/sync/fake_network.h"
#include "tests/unit/client/sync/session_link.h"
#include "tools/ctl/program.h"

namespace daftar {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;
using google::protobuf::Reflection;
using ::testing::ElementsAre;
using ::testing::Pair;
using ::testing::SizeIs;
using ::testing::UnorderedElementsAre;

constexpr char kReason[] = "read in one of the five articles", kAuthor[] = "Amina", kServer[] = "127.0.0.1:1";
constexpr int64_t kStartMs = 1'795'200'000'000, kBetweenMs = 60'000;
constexpr uint64_t kStationSeed = 1, kServerSeed = 7, kFirstSeed = 100;
constexpr size_t kMostRecords = 1000;

using Bodies = std::map<std::string, std::shared_ptr<const Message>>;  // by "sample:I01"

// All that a workstation shows.
struct Shown {
  Bodies bodies;
  Bodies plain;  // the same with names in the place of ids, and without what the head of this file leaves out
};

// What of a date is a guess of whoever wrote it down.
void ForgetGuesses(v1::FuzzyDate& date) {
  constexpr int32_t kThird = 9;  // days from the first to the last of a third of a month
  if (date.precision() == v1::DatePrecision::BEFORE) date.clear_first_day();
  if (date.precision() == v1::DatePrecision::AFTER) date.clear_last_day();
  if (date.last_day() - date.first_day() == kThird) date.clear_precision();
}

using Names = std::map<std::string, std::string>;  // by the bytes of an id

void MakePlain(Message& message, const Names& names) {
  if (message.GetDescriptor() == v1::FuzzyDate::descriptor()) ForgetGuesses(static_cast<v1::FuzzyDate&>(message));
  const Reflection& reflection = *message.GetReflection();
  for (int i = 0; i < message.GetDescriptor()->field_count(); ++i) {
    const FieldDescriptor& field = *message.GetDescriptor()->field(i);
    const bool group = field.cpp_type() == FieldDescriptor::CPPTYPE_MESSAGE;
    if (field.name() == "key" || field.name() == "review" || field.name() == "contradicts") {
      reflection.ClearField(&message, &field);
    } else if (group && field.is_repeated()) {
      for (int j = 0; j < reflection.FieldSize(message, &field); ++j)
        MakePlain(*reflection.MutableRepeatedMessage(&message, &field, j), names);
    } else if (group && reflection.HasField(message, &field)) {
      MakePlain(*reflection.MutableMessage(&message, &field), names);
    } else if (!group && IsReference(field) && field.is_repeated()) {
      for (int j = 0; j < reflection.FieldSize(message, &field); ++j)
        reflection.SetRepeatedString(&message, &field, j, names.at(reflection.GetRepeatedString(message, &field, j)));
    } else if (!group && IsReference(field) && !reflection.GetString(message, &field).empty()) {
      reflection.SetString(&message, &field, names.at(reflection.GetString(message, &field)));
    }
  }
}

Shown ShownBy(const Workstation& station) {
  const std::unique_ptr<ReadView> view = station.Read().value();
  std::vector<Record> records;
  Names names;
  for (const Kind kind : AllKinds()) {
    const std::vector<Uuid> ids = view->List(kind, kMostRecords).value();
    for (const Uuid& id : ids) {
      records.push_back(*view->Get(id).value());
      names.emplace(id.str(), DisplayId(records.back()));
    }
  }
  Shown shown;
  for (const Record& record : records) {
    std::shared_ptr<Message> body(record.message().New()), plain(record.message().New());
    body->CopyFrom(record.message());
    plain->CopyFrom(record.message());
    MakePlain(*plain, names);
    shown.bodies.emplace(DisplayId(record), std::move(body));
    shown.plain.emplace(DisplayId(record), std::move(plain));
  }
  return shown;
}

// A dataset of its own for each driver, and the way to it. The clock of the way is nobody else's: it moves as bytes
// cross it.
struct Server {
  TemporaryFolder folder;
  FakeClock clock{kStartMs}, link_clock{kStartMs};
  SeededRandom random{kServerSeed};
  std::unique_ptr<Dataset> dataset = Dataset::Create(folder.File("server"), clock, random).value();
};

// When the record is entered, and what its id is made from.
void Turn(size_t record, FakeClock& clock, SeededRandom& random, Server& server) {
  const int64_t now = kStartMs + static_cast<int64_t>(record + 1) * kBetweenMs;
  clock.Advance(now - clock.NowMs());
  server.clock.Advance(now - server.clock.NowMs());
  random = SeededRandom(kFirstSeed + record);
}

// Somebody at the window.
class AtTheWindow {
 public:
  explicit AtTheWindow(Server& server)
      : server_(server), stage_(HomeAddress(), [](const std::string& folder, const Clock& clock, Random& random) {
          return Workstation::Create(folder, kServer, kAuthor, clock, random).value();
        }) {
    stage_.Resize(1280, 1600);
  }

  bool Enter(const SeedRecord& record, size_t number) {
    Turn(number, stage_.clock(), stage_.random(), server_);
    if (!typist_.Begin(record.kind)) return Fail(record, "no form was begun");
    for (const SeedField& field : record.fields) {
      if (!typist_.Fill(field)) return Fail(record, field.path + " could not be filled in with " + field.text);
    }
    if (!typist_.Send(kReason)) return Fail(record, "it was not sent");
    stage_.Settle();
    SessionConnector connector(*server_.dataset, server_.link_clock);
    const StatusOr<SyncReport> synced = RunSync(stage_.station(), connector, {});
    return synced.ok() || Fail(record, std::string(::daftar::Message(synced.status())));
  }
  Shown shown() { return ShownBy(stage_.station()); }

 private:
  static bool Fail(const SeedRecord& record, const std::string& what) {
    ADD_FAILURE() << record.at << ": " << what;
    return false;
  }

  Server& server_;
  Stage stage_;
  Typist typist_{stage_};
};

// Somebody at a terminal.
class AtTheTerminal {
 public:
  explicit AtTheTerminal(Server& server) : server_(server) { Ask({"init", "--server", kServer, "--author", kAuthor}); }

  bool Enter(const SeedRecord& record, size_t number) {
    Turn(number, clock_, random_, server_);
    std::vector<std::string> command = {"form", "new", record.kind};
    for (const SeedField& field : record.fields) {
      const std::string text = field.by_name ? IdOf(field.text) : field.text;
      command.insert(command.end(), {"--set", field.path + "=" + text});
    }
    const nlohmann::json form = Ask(command);
    if (!form.contains("form")) return false;
    Ask({"form", "send", std::to_string(form["form"].get<uint64_t>()), "--reason", kReason});
    Ask({"sync"});
    EXPECT_FALSE(testing::Test::HasFailure()) << record.at;
    return !testing::Test::HasFailure();
  }
  Shown shown() { return ShownBy(*Workstation::Open(home_.File("replica"), clock_, random_).value()); }

 private:
  // The answer of a run that has to end well.
  nlohmann::json Ask(std::vector<std::string> arguments) {
    std::ostringstream out, err;
    arguments.insert(arguments.end(), {"--json", "--replica", home_.File("replica")});
    const auto connect = [this](const std::string&, const KeyPair&) {
      return std::make_unique<SessionConnector>(*server_.dataset, server_.link_clock);
    };
    const int code = ctl::RunProgram(
        arguments,
        {clock_, random_, connect, [this] { return std::make_unique<FakeNetwork>(clock_); }, false, 80, out, err});
    EXPECT_EQ(code, 0) << arguments[0] << " " << arguments[1] << "\n" << err.str();
    return nlohmann::json::parse(out.str(), nullptr, false);
  }
  // Looked up in the lists, and remembered.
  std::string IdOf(const std::string& name) {
    for (const char* kind : {"place", "actor", "incident"}) {
      if (ids_.contains(name)) break;
      const nlohmann::json list = Ask({"list", kind, "--limit", std::to_string(kMostRecords)});
      for (const nlohmann::json& hit : list["hits"]) ids_[hit["title"]] = hit["external"][0];
    }
    EXPECT_TRUE(ids_.contains(name)) << name;
    return ids_[name];
  }

  Server& server_;
  TemporaryFolder home_;
  FakeClock clock_{kStartMs};
  SeededRandom random_{kStationSeed};
  std::map<std::string, std::string> ids_;
};

class SeedArticlesTest : public testing::Test {
 protected:
  // What is left when everything is entered; for all tests, since it takes a while.
  struct Entered {
    Server server;
    Shown shown;
  };
  struct Work {
    std::vector<SeedRecord> script = ReadSeedScript(DAFTAR_SEED_ARTICLES);
    Entered window, terminal;
    Shown sample;
  };

  static void SetUpTestSuite() {
    work_ = new Work;
    EnterAll<AtTheWindow>("the window", work_->window);
    EnterAll<AtTheTerminal>("daftarctl", work_->terminal);
    TemporaryFolder folder;
    FakeClock clock(kStartMs);
    SeededRandom random(kStationSeed);
    work_->sample = ShownBy(*MakeSampleStation(folder.File("sample"), clock, random));
  }
  static void TearDownTestSuite() { delete std::exchange(work_, nullptr); }

  template <typename Driver>
  static void EnterAll(const char* who, Entered& entered) {
    const std::clock_t begin = std::clock();
    Driver driver(entered.server);
    size_t fields = 0;
    for (size_t i = 0; i < work_->script.size(); ++i) {
      if (!driver.Enter(work_->script[i], i)) return;
      fields += work_->script[i].fields.size();
    }
    entered.shown = driver.shown();
    std::printf("%s: %zu records, %zu fields in %.1f s of processor time\n", who, work_->script.size(), fields,
                static_cast<double>(std::clock() - begin) / CLOCKS_PER_SEC);
  }

  static v1::Checkpoint HeadOf(const Entered& entered) { return entered.server.dataset->Head().value(); }
  // As it was entered in the window, with names in the place of ids.
  template <typename Type>
  static Type Of(const std::string& id) {
    const auto at = work_->window.shown.plain.find(id);
    EXPECT_TRUE(at != work_->window.shown.plain.end()) << id;
    return at == work_->window.shown.plain.end() ? Type() : static_cast<const Type&>(*at->second);
  }
  // What the article says about it; an empty account if it says nothing.
  static v1::Account By(const std::string& article, const google::protobuf::RepeatedPtrField<v1::Account>& accounts) {
    for (const v1::Account& account : accounts) {
      if (account.source() == article) return account;
    }
    ADD_FAILURE() << "no account of " << article;
    return {};
  }

  static inline Work* work_ = nullptr;
};

TEST_F(SeedArticlesTest, TheWindowAndTheCommandLineGiveTheSameRecords) {
  const Bodies &window = work_->window.shown.bodies, &terminal = work_->terminal.shown.bodies;
  ASSERT_THAT(window, SizeIs(work_->script.size()));
  ASSERT_THAT(terminal, SizeIs(work_->script.size()));
  for (const auto& [name, body] : window) {
    ASSERT_TRUE(terminal.contains(name)) << name;
    EXPECT_EQ(body->DebugString(), terminal.at(name)->DebugString()) << name;
  }
}

TEST_F(SeedArticlesTest, TheWindowAndTheCommandLineGiveTheSameDigest) {
  const v1::Checkpoint window = HeadOf(work_->window), terminal = HeadOf(work_->terminal);
  EXPECT_EQ(window.records(), work_->script.size());
  EXPECT_FALSE(window.digest().empty());
  EXPECT_EQ(window.digest(), terminal.digest());
}

TEST_F(SeedArticlesTest, TheirHistoriesAreTheSameRevisionForRevision) {
  // The chain is a hash over all pushes with their authors, reasons and times.
  const v1::Cursor window = HeadOf(work_->window).cursor(), terminal = HeadOf(work_->terminal).cursor();
  EXPECT_EQ(window.revision(), work_->script.size());
  EXPECT_EQ(window.SerializeAsString(), terminal.SerializeAsString());
}

TEST_F(SeedArticlesTest, WhatWasEnteredIsTheSample) {
  const Bodies &entered = work_->window.shown.plain, &sample = work_->sample.plain;
  ASSERT_THAT(entered, SizeIs(sample.size()));
  for (const auto& [name, body] : sample) {
    ASSERT_TRUE(entered.contains(name)) << name;
    google::protobuf::util::MessageDifferencer differencer;
    differencer.set_repeated_field_comparison(google::protobuf::util::MessageDifferencer::AS_SET);
    std::string difference;
    differencer.ReportDifferencesToString(&difference);
    EXPECT_TRUE(differencer.Compare(*body, *entered.at(name))) << name << "\n" << difference;
  }
}

TEST_F(SeedArticlesTest, EachArticleHasItsSay) {
  std::map<std::string, int> accounts;
  for (const auto& [name, body] : work_->window.shown.plain) {
    const FieldDescriptor* field = body->GetDescriptor()->FindFieldByName("account");
    for (int i = 0; field != nullptr && i < body->GetReflection()->FieldSize(*body, field); ++i) {
      const auto& account = static_cast<const v1::Account&>(body->GetReflection()->GetRepeatedMessage(*body, field, i));
      ++accounts[account.source()];
    }
  }
  EXPECT_THAT(accounts, UnorderedElementsAre(Pair("sample:S0", 14), Pair("sample:S1", 43), Pair("sample:S2", 34),
                                             Pair("sample:S3", 19), Pair("sample:S4", 36)));
}

// The days of a clash, as three articles give them: no year stands in any.
TEST_F(SeedArticlesTest, TheClashInDarvozHasBothItsDays) {
  const auto clash = Of<v1::Incident>("sample:I01");
  ASSERT_EQ(clash.account_size(), 3);
  EXPECT_EQ(DateWords(By("sample:S0", clash.account()).date()), "4 Sep 2023*");
  EXPECT_EQ(DateWords(By("sample:S1", clash.account()).date()), "4 Sep 2023*");
  EXPECT_EQ(DateWords(By("sample:S2", clash.account()).date()), "night of 30 Aug 2023*");
  EXPECT_EQ(By("sample:S1", clash.account()).wording(), "Davraz District");
  EXPECT_EQ(By("sample:S2", clash.account()).place(), "sample:Kevron");
  for (const v1::Account& account : clash.account()) {
    ASSERT_EQ(account.killed_size(), 1);
    EXPECT_EQ(account.killed(0).best(), 3);
  }
}

TEST_F(SeedArticlesTest, WhatWasSeizedIsCountedAsTheArticleCountsIt) {
  const v1::Account listed = By("sample:S2", Of<v1::Incident>("sample:I02").account());
  EXPECT_EQ(listed.seized_size(), 13);
  std::map<std::string, double> counted;
  for (const v1::SeizedItem& item : listed.seized())
    counted[v1::ItemClass::Code_Name(item.class_())] = item.quantity().best();
  EXPECT_EQ(counted["DETONATOR"], 162);
  EXPECT_EQ(counted["GRENADE_HAND"], 13);
  EXPECT_EQ(counted["EXPLOSIVE"], 30);
  EXPECT_EQ(counted["CASH"], 1'000'000) << "USD 10,000, in cents";
  EXPECT_EQ(counted["AMMUNITION"], 0) << "named, and not counted";
}

TEST_F(SeedArticlesTest, FiguresAreBoundedAsTheArticlesBoundThem) {
  const auto militants = Of<v1::Actor>("sample:TajikMilitants");
  std::vector<double> about, at_least;
  for (const v1::Account& account : militants.account()) {
    for (const v1::Strength& strength : account.strength()) {
      const v1::Amount& people = strength.people();
      if (people.bound() == v1::Bound::ABOUT) about.push_back(people.best());
      if (people.bound() == v1::Bound::AT_LEAST) at_least.push_back(people.low());
    }
  }
  EXPECT_THAT(about, ElementsAre(200));
  EXPECT_THAT(at_least, testing::Contains(15));
}

TEST_F(SeedArticlesTest, DaysAreThoseOfTheArticles) {
  const v1::Account alert = By("sample:S3", Of<v1::Incident>("sample:I17").account());
  EXPECT_EQ(PeriodWords(alert.period()), "24 Sep – 15 Oct 2024");
  EXPECT_EQ(DateWords(Of<v1::Source>("sample:S3").published()), "2 Oct 2024");
  std::vector<std::string> visited;  // three say it, and one of them when
  const auto visit = Of<v1::Incident>("sample:I25");
  for (const v1::Account& account : visit.account()) visited.push_back(DateWords(account.date()));
  EXPECT_THAT(visited, UnorderedElementsAre("21–22 Dec 2020", "no date", "no date"));
}

}  // namespace
}  // namespace daftar
