// doctor, dump, verify --deep and the sizes in status, on a workstation that never meets a server.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <memory>
#include <nlohmann/json.hpp>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

#include "storage/lmdb/compact.h"
#include "storage/lmdb/lmdb.h"
#include "tests/temporary_folder.h"
#include "tools/ctl/program.h"
#include "tools/ctl/row_words.h"

namespace daftar::ctl {
namespace {

using nlohmann::json;
using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

// No server, anywhere.
class NoServer final : public Connector {
 public:
  StatusOr<std::unique_ptr<Link>> Connect(int) override { return Unavailable("nobody answers"); }
};

struct Ended {
  int exit_code;
  std::string out, err;
};

class StorageCommandsTest : public ::testing::Test {
 protected:
  void SetUp() override { ASSERT_EQ(Run({"init", "--author", "Amina"}).exit_code, 0); }

  Ended Run(std::vector<std::string> arguments) {
    arguments.insert(arguments.end(), {"--replica", folder()});
    std::ostringstream out, err;
    const auto no_server = [](const std::string&, const KeyPair&) { return std::make_unique<NoServer>(); };
    const int code = RunProgram(arguments, {clock_, random_, no_server, {}, false, 80, out, err});
    return {code, out.str(), err.str()};
  }
  json Ask(std::vector<std::string> arguments, int exit_code = 0) {
    arguments.push_back("--json");
    const Ended ended = Run(std::move(arguments));
    EXPECT_EQ(ended.exit_code, exit_code) << ended.err;
    return json::parse(ended.out, nullptr, false);
  }
  // The finding about that with that level; an empty object if there is none.
  static json Finding(const json& answer, const std::string& level, const std::string& about) {
    for (const json& finding : answer["findings"]) {
      if (finding["level"] == level && finding["about"] == about) return finding;
    }
    return json::object();
  }
  void DamageValue(const std::string& store, const std::string& table, const std::string& key) {
    auto env = lmdb::Environment::OpenAsItIs(folder() + "/" + store, {});
    ASSERT_TRUE(env.ok()) << env.status();
    for (const lmdb::Table& known : (*env)->tables()) {
      if (known.name != table) continue;
      EXPECT_TRUE(lmdb::DamageValueForDrill(**env, known, key, 0).ok());
    }
  }
  // Writes 42 MiB into the replica and deletes them again.
  void FillAndEmptyReplica() {
    auto env = lmdb::Environment::OpenAsItIs(folder() + "/replica", {});
    ASSERT_TRUE(env.ok()) << env.status();
    const auto tables = (*env)->tables();
    const auto stage = std::find_if(tables.begin(), tables.end(),
                                    [](const lmdb::Table& table) { return std::string_view(table.name) == "stage"; });
    ASSERT_NE(stage, tables.end());
    {
      auto txn = (*env)->BeginWrite();
      ASSERT_TRUE(txn.ok());
      const std::string mebibyte(1 << 20, 'x');
      for (char i = 0; i < 42; ++i) ASSERT_TRUE(txn->Append(*stage, std::string(8, i), mebibyte).ok());
      ASSERT_TRUE(txn->Commit().ok());
    }
    auto txn = (*env)->BeginWrite();
    ASSERT_TRUE(txn.ok() && txn->Clear(*stage).ok() && txn->Commit().ok());
  }
  std::string folder() const { return home_.File("station"); }

  TemporaryFolder home_;
  FakeClock clock_{1'700'000'000'000};
  SeededRandom random_{1};
};

TEST_F(StorageCommandsTest, StatusHasTheSizesOfAllTables) {
  const json status = Ask({"status"});
  EXPECT_GT(status["file"]["bytes"], status["file"]["free_bytes"]);
  EXPECT_EQ(status["file"]["worth_compacting"], false);
  bool settings = false;
  for (const json& table : status["tables"]) settings = settings || (table["name"] == "settings" && table["rows"] == 1);
  EXPECT_TRUE(settings);
  EXPECT_THAT(Run({"status"}).out, HasSubstr("\nstored    "));
}

TEST_F(StorageCommandsTest, ManyFreePagesAreToldAndCompactedAway) {
  FillAndEmptyReplica();
  EXPECT_EQ(Ask({"status"})["file"]["worth_compacting"], true);
  EXPECT_THAT(Run({"status"}).out, HasSubstr("daftarctl compact"));
  EXPECT_EQ(Finding(Ask({"doctor"}), "note", "replica").value("advice", ""), "daftarctl compact");

  const json compacted = Ask({"compact"});
  EXPECT_EQ(compacted["store"], "replica");
  EXPECT_GT(compacted["bytes_before"], 40 << 20);
  EXPECT_LT(compacted["bytes_after"], 1 << 20);
  EXPECT_LT(Ask({"status"})["file"]["bytes"], 2 << 20);
  EXPECT_TRUE(Finding(Ask({"doctor"}), "note", "replica").empty());
}

TEST_F(StorageCommandsTest, VerifyCompactsWhatIsWorthItForTheNextCommand) {
  FillAndEmptyReplica();
  const Ended ended = Run({"verify"});
  EXPECT_EQ(ended.exit_code, 0) << ended.err;
  EXPECT_THAT(ended.err, HasSubstr("from the next command on"));
  const json status = Ask({"status"});
  EXPECT_EQ(status["file"]["took_compacted"], true);
  EXPECT_LT(status["file"]["bytes"], 2 << 20);
}

TEST_F(StorageCommandsTest, CompactSaysInWordsWhatItHasDone) {
  EXPECT_THAT(Run({"compact"}).out, AllOf(HasSubstr("replica: "), HasSubstr(" before, "), HasSubstr(" now\n")));
}

TEST_F(StorageCommandsTest, CompactLeavesAFolderInUseAlone) {
  const auto env = lmdb::Environment::OpenAsItIs(folder() + "/replica", {});
  ASSERT_TRUE(env.ok());
  const Ended ended = Run({"compact"});
  EXPECT_EQ(ended.exit_code, 8);
  EXPECT_THAT(ended.err, AllOf(HasSubstr("is open in process"), HasSubstr("close it")));
}

TEST_F(StorageCommandsTest, CompactSaysWhatWaitsInAFolderInUse) {
  const auto env = lmdb::Environment::OpenAsItIs(folder() + "/replica", {});
  ASSERT_TRUE(env.ok());
  ASSERT_TRUE(lmdb::CompactForNextOpen(**env).ok());
  EXPECT_THAT(Run({"compact"}).err, HasSubstr("when it is opened next"));
}

TEST_F(StorageCommandsTest, TheDoctorSaysThatACompactedCopyWaits) {
  {
    const auto env = lmdb::Environment::OpenAsItIs(folder() + "/replica", {});
    ASSERT_TRUE(env.ok());
    ASSERT_TRUE(lmdb::CompactForNextOpen(**env).ok());
  }
  EXPECT_THAT(Run({"doctor"}).out, HasSubstr("a compacted copy takes the place of the file"));
}

TEST_F(StorageCommandsTest, CompactRefusesADamagedFile) {
  DamageValue("replica", "meta", "format");
  EXPECT_EQ(Run({"compact"}).exit_code, 9);
}

TEST_F(StorageCommandsTest, CompactSaysThatThereIsNothing) {
  EXPECT_EQ(Run({"compact", "--folder", home_.File("nothing")}).exit_code, 3);
}

TEST_F(StorageCommandsTest, TheDoctorFindsAHealthyWorkstationHealthy) {
  const json answer = Ask({"doctor", "--deep"});
  EXPECT_EQ(answer["healthy"], true);
  EXPECT_EQ(answer["stores"].size(), 2u);
  EXPECT_EQ(answer["stores"][0]["verdict"], "sound");
}

TEST_F(StorageCommandsTest, TheDoctorSaysThatThereIsNothing) {
  EXPECT_EQ(Run({"doctor", "--folder", home_.File("nothing")}).exit_code, 3);
}

TEST_F(StorageCommandsTest, TheDoctorFindsADamagedValueAndSaysWhatToDo) {
  DamageValue("replica", "meta", "format");
  const json answer = Ask({"doctor", "--deep"}, 9);
  const json finding = Finding(answer, "bad", "replica");
  EXPECT_THAT(finding.value("words", ""), HasSubstr("table meta: 1 value is damaged"));
  EXPECT_THAT(finding.value("advice", ""), HasSubstr("daftarctl sync"));
}

TEST_F(StorageCommandsTest, TheDoctorFindsATruncatedFile) {
  const std::string file = folder() + "/replica/data.mdb";
  std::filesystem::resize_file(file, std::filesystem::file_size(file) / 2);
  const json finding = Finding(Ask({"doctor"}, 9), "bad", "replica");
  EXPECT_THAT(finding.value("words", ""), HasSubstr("cut short"));
  EXPECT_THAT(finding.value("advice", ""), HasSubstr("your outbox and drafts"));
}

TEST_F(StorageCommandsTest, TheDoctorNoticesAProgramThatDidNotCloseTheFolder) {
  std::ofstream(folder() + "/user/open") << "12345";
  const json answer = Ask({"doctor"});
  EXPECT_THAT(Finding(answer, "note", "user").value("words", ""), HasSubstr("did not close it"));
  EXPECT_EQ(answer["healthy"], true);
}

TEST_F(StorageCommandsTest, TheDoctorNoticesFilesThatOthersCanRead) {
  std::filesystem::permissions(folder() + "/user/data.mdb", std::filesystem::perms(0644));
  EXPECT_THAT(Finding(Ask({"doctor"}), "note", "user").value("advice", ""), HasSubstr("chmod 600"));
}

TEST_F(StorageCommandsTest, TheDoctorLeavesAFolderInUseAlone) {
  const auto env = lmdb::Environment::OpenAsItIs(folder() + "/replica", {});
  ASSERT_TRUE(env.ok());
  EXPECT_THAT(Finding(Ask({"doctor"}, 8), "note", "replica").value("words", ""), HasSubstr("is open in process"));
}

TEST_F(StorageCommandsTest, TheDoctorMissesTheUsersOwnStore) {
  std::filesystem::remove_all(folder() + "/user");
  EXPECT_THAT(Finding(Ask({"doctor"}, 9), "bad", "folder").value("words", ""), HasSubstr("user's own store"));
}

TEST_F(StorageCommandsTest, VerifyDeepLooksAtEveryTableOfEveryStore) {
  const json answer = Ask({"verify", "--deep"});
  ASSERT_EQ(answer["stores"].size(), 2u);
  EXPECT_EQ(answer["stores"][1]["store"], "user");
}

TEST_F(StorageCommandsTest, VerifyDeepFindsWhatVerifyDoesNotLookAt) {
  DamageValue("user", "settings", "status");
  const Ended ended = Run({"verify", "--deep"});
  EXPECT_EQ(ended.exit_code, 9);
  EXPECT_THAT(ended.out, HasSubstr("table settings: 1 value is damaged"));
}

TEST_F(StorageCommandsTest, DumpShowsRowsDecoded) {
  const json answer = Ask({"dump", "settings"});
  ASSERT_EQ(answer["rows"].size(), 1u);
  EXPECT_EQ(answer["rows"][0]["key_words"], "status");
  EXPECT_EQ(answer["rows"][0]["tag"], "right");
  EXPECT_THAT(std::string(answer["rows"][0]["value"]), HasSubstr("author: \"Amina\""));
}

TEST_F(StorageCommandsTest, DumpGoesOnWhereItWasToldTo) {
  const json first = Ask({"dump", "meta", "--limit", "1"});
  ASSERT_TRUE(first["next"].is_string());
  const json second = Ask({"dump", "meta", "--limit", "1", "--from", first["next"]});
  EXPECT_EQ(second["rows"][0]["key"], first["next"]);
}

TEST_F(StorageCommandsTest, DumpMarksADamagedValueAndGoesOn) {
  DamageValue("replica", "meta", "format");
  const json answer = Ask({"dump", "meta"}, 9);
  bool damaged = false, others = false;
  for (const json& row : answer["rows"]) (row["tag"] == "wrong" ? damaged : others) = true;
  EXPECT_TRUE(damaged);
  EXPECT_TRUE(others);
}

TEST_F(StorageCommandsTest, DumpNamesTheTablesThatThereAre) {
  const Ended ended = Run({"dump", "recrod"});
  EXPECT_EQ(ended.exit_code, 3);
  EXPECT_THAT(ended.err, HasSubstr("there are: "));
  EXPECT_THAT(ended.err, HasSubstr("outbox"));
}

TEST_F(StorageCommandsTest, DumpTakesKeysInHexOnly) { EXPECT_EQ(Run({"dump", "meta", "--from", "xyz"}).exit_code, 2); }

TEST(RowWordsTest, ReadsKeysByTheFormOfTheirTable) {
  const std::string rid("\0\0\0\x07", 4), revision("\0\0\0\0\0\0\0\x03", 8);
  EXPECT_EQ(KeyWords("record", rid), "rid 7");
  EXPECT_EQ(KeyWords("history", rid + revision), "rid 7, revision 3");
  EXPECT_EQ(KeyWords("conflict", revision), "number 3");
}

TEST(RowWordsTest, ShowsAsHexWhatHasNoKnownForm) {
  EXPECT_THAT(KeyWords("record", "too long a key"), IsEmpty());
  EXPECT_THAT(KeyWords("no such table", "key"), IsEmpty());
  EXPECT_EQ(ValueWords("no such table", "key", "\x01\xff"), "01ff");
}

}  // namespace
}  // namespace daftar::ctl
