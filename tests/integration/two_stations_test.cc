// Two workstations and a server: edits made offline, a server that is away, bytes that rot.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <signal.h>

#include <chrono>
#include <fstream>
#include <nlohmann/json.hpp>
#include <string>

#include "tests/integration/stations.h"

namespace daftar {
namespace {

using nlohmann::json;
using ::testing::HasSubstr;

class TwoStations : public ::testing::Test {
 protected:
  TwoStations()
      : server_(home_.File("server")),
        amina_(home_.File("a"), server_.address(), "Amina"),
        bahrom_(home_.File("b"), server_.address(), "Bahrom") {
    EXPECT_TRUE(amina_.Ask({"sync"})["digest_equal"]);
    EXPECT_TRUE(bahrom_.Ask({"sync"})["digest_equal"]);
  }

  // Adds an account of the clash with that date, without the server.
  static void AddDate(const Station& station, const std::string& date) {
    const json account = {{"source", "sample:S3"}, {"date", date}};
    station.Ask({"edit", "sample:I01", "--add-account", account.dump(), "--reason", "another day"});
  }
  static json Clash(const Station& station) { return station.Ask({"show", "sample:I01"}); }
  // Whether the account with that date is there, added by that author.
  static bool Holds(const json& clash, const std::string& date, const std::string& author) {
    for (const json& account : clash["accounts"]) {
      if (account.value("date", json()) == date && account["added_by"] == author) return true;
    }
    return false;
  }
  void BothAddADate() const {
    AddDate(amina_, "2023-09-01");
    AddDate(bahrom_, "2023-09-02");
  }
  void AllSync() const {
    amina_.Ask({"push"});
    bahrom_.Ask({"push"});
    amina_.Ask({"sync"});
  }

  TemporaryFolder home_;
  SampleServer server_;
  Station amina_, bahrom_;
};

TEST_F(TwoStations, ReadTheirOwnEditsBeforeTheServerKnowsThem) {
  AddDate(amina_, "2023-09-01");
  const json clash = Clash(amina_);
  EXPECT_TRUE(Holds(clash, "2023-09-01", "Amina"));
  EXPECT_TRUE(clash["pending"]);
}

TEST_F(TwoStations, HoldBothAccountsThatWereAddedOffline) {
  BothAddADate();
  AllSync();
  for (const Station* station : {&amina_, &bahrom_}) {
    const json clash = Clash(*station);
    EXPECT_EQ(clash["accounts"].size(), 5u);
    EXPECT_TRUE(Holds(clash, "2023-09-01", "Amina"));
    EXPECT_TRUE(Holds(clash, "2023-09-02", "Bahrom"));
    EXPECT_FALSE(clash["pending"]);
  }
}

TEST_F(TwoStations, HaveNoConflictOverAccountsThatBothAdded) {
  BothAddADate();
  AllSync();
  EXPECT_EQ(amina_.Ask({"status"})["conflicts"], 0);
  EXPECT_EQ(bahrom_.Ask({"status"})["conflicts"], 0);
}

TEST_F(TwoStations, SeeOneOpenDisagreementOnTheDate) {
  BothAddADate();
  AllSync();
  int open_on_date = 0;
  const json clash = Clash(amina_);
  for (const json& disagreement : clash["disagreements"]) {
    if (disagreement["attribute"] == "date" && disagreement["open"]) ++open_on_date;
  }
  EXPECT_EQ(open_on_date, 1);
  EXPECT_EQ(clash["shown"]["date"]["values"].size(), 4u);
}

TEST_F(TwoStations, EndWithEqualDigests) {
  BothAddADate();
  AllSync();
  EXPECT_EQ(amina_.Ask({"status"})["digest"], bahrom_.Ask({"status"})["digest"]);
  EXPECT_TRUE(amina_.Ask({"verify"})["digest_equal"]);
  EXPECT_TRUE(bahrom_.Ask({"verify"})["digest_equal"]);
}

TEST_F(TwoStations, ShowWhatADryRunWouldChangeAndQueueNothing) {
  const json edit = amina_.Ask({"edit", "sample:I01", "--set", "notes=seen twice", "--dry-run"});
  ASSERT_EQ(edit["changes"].size(), 1u);
  EXPECT_EQ(edit["changes"][0]["after"], "seen twice");
  EXPECT_EQ(amina_.Ask({"status"})["outbox"], 0);
}

TEST_F(TwoStations, AskForTheReasonOfAnEdit) {
  const json error = amina_.AskInVain({"edit", "sample:I01", "--set", "notes=x"}, 2);
  EXPECT_THAT(error["message"].get<std::string>(), HasSubstr("--reason"));
}

TEST_F(TwoStations, ParkTwoNotesOfOneRecordAsAConflict) {
  amina_.Ask({"edit", "sample:I01", "--set", "notes=from Amina", "--reason", "r"});
  bahrom_.Ask({"edit", "sample:I01", "--set", "notes=from Bahrom", "--reason", "r"});
  amina_.Ask({"push"});
  bahrom_.Ask({"push"}, 5);
  const json conflicts = bahrom_.Ask({"conflict", "list"})["conflicts"];
  ASSERT_EQ(conflicts.size(), 1u);
  EXPECT_EQ(conflicts[0]["mine"], "from Bahrom");
  EXPECT_EQ(conflicts[0]["theirs"], "from Amina");
}

TEST_F(TwoStations, RetireAndRestoreARecord) {
  amina_.Ask({"retire", "sample:I16", "--reason", "a test"});
  EXPECT_EQ(Clash(amina_)["kind"], "incident");
  EXPECT_EQ(amina_.Ask({"show", "sample:I16"})["retired"]["reason"], "a test");
  amina_.Ask({"restore", "sample:I16", "--reason", "a test"});
  EXPECT_FALSE(amina_.Ask({"show", "sample:I16"}).contains("retired"));
}

TEST_F(TwoStations, SayWithinTenSecondsThatThereIsNoServer) {
  const auto start = std::chrono::steady_clock::now();
  const Ended ended = amina_.Run({"sync", "--server", "127.0.0.1:1"});
  EXPECT_EQ(ended.exit_code, 6) << ended.err;
  EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::seconds(10));
}

TEST_F(TwoStations, ReadOnWithoutAServer) {
  amina_.Run({"sync", "--server", "127.0.0.1:1"});
  EXPECT_EQ(Clash(amina_)["title"], "Crossing and clash in Darvoz");
}

// Changes a phrase that only the clash holds, in every copy that lies in the replica's file.
void Rot(const std::string& file) {
  std::string bytes;
  {
    std::ifstream in(file, std::ios::binary);
    bytes.assign(std::istreambuf_iterator<char>(in), {});
  }
  const std::string phrase = "surrounded its hiding place";
  size_t changed = 0;
  for (size_t at = bytes.find(phrase); at != std::string::npos; at = bytes.find(phrase, at + 1), ++changed) {
    bytes[at] = static_cast<char>(bytes[at] ^ 1);
  }
  ASSERT_GT(changed, 0u);
  WriteText(file, bytes);
}

TEST_F(TwoStations, FindARottenByteAndTheRecordThatItIsIn) {
  Rot(amina_.folder() + "/replica/data.mdb");
  const json report = amina_.Ask({"verify"}, 9);
  EXPECT_FALSE(report["digest_equal"]);
  EXPECT_EQ(report["damaged"].size(), 1u);
}

TEST_F(TwoStations, FetchOnlyTheDamagedRecordAgain) {
  const std::string id = Clash(amina_)["id"];
  Rot(amina_.folder() + "/replica/data.mdb");
  EXPECT_EQ(amina_.Ask({"verify"}, 9)["damaged"][0]["id"], id);
  const json sync = amina_.Ask({"sync"});
  EXPECT_EQ(sync["repaired"], 1);
  EXPECT_EQ(sync["received"]["records"], 0) << "what is repaired is counted apart";
  EXPECT_LT(sync["received"]["bytes"], 8000);
  EXPECT_TRUE(amina_.Ask({"verify"})["digest_equal"]);
  EXPECT_EQ(Clash(amina_)["accounts"].size(), 3u);
}

TEST_F(TwoStations, SayThatAnotherProcessHasTheReplica) {
  Program follow({DAFTARCTL, "sync", "--follow", "--replica", amina_.folder()});
  EXPECT_THAT(follow.ReadLine(), HasSubstr("at revision"));
  EXPECT_EQ(amina_.Run({"status"}).exit_code, 8);
  follow.Signal(SIGINT);
  EXPECT_EQ(follow.Wait().exit_code, 130);
}

}  // namespace
}  // namespace daftar
