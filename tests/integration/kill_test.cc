// kill -9 of client or server at random moments of sync and push, with the real programs: nothing acknowledged is lost,
// nothing is applied twice, and the replicas converge.
#include <gtest/gtest.h>
#include <poll.h>
#include <signal.h>

#include <map>
#include <set>

#include "storage/base/random.h"
#include "tests/integration/stations.h"

namespace daftar {
namespace {

constexpr int kRounds = 200;
constexpr int kLongestDelayMs = 60;  // a sync takes about half of this

// `daftard` on one port through many lives.
class MortalServer {
 public:
  explicit MortalServer(const std::string& folder) : folder_(folder) {
    EXPECT_EQ(RunProgram({DAFTARD, "init", "--data", folder, "--sample"}).exit_code, 0);
    Start("127.0.0.1:0");
  }
  const std::string& address() const { return address_; }
  void Kill() {
    program_->Signal(SIGKILL);
    EXPECT_EQ(program_->Wait().exit_code, 128 + SIGKILL);
  }
  void Restart() { Start(address_); }

 private:
  void Start(const std::string& listen) {
    program_ = std::make_unique<Program>(
        std::vector<std::string>{DAFTARD, "serve", "--data", folder_, "--listen", listen, "--insecure-loopback"});
    std::string line = program_->ReadLine();  // "listening on 127.0.0.1:PORT"
    address_ = line.substr(line.rfind(' ') + 1);
    ASSERT_NE(address_.find(':'), std::string::npos) << "the server did not come up: " << line;
  }

  const std::string folder_;
  std::unique_ptr<Program> program_;
  std::string address_;
};

void Wait(int ms) { ::poll(nullptr, 0, ms); }

// Adds an account that says `text`; true if the program acknowledged that it is in the outbox.
bool AddAccount(const Station& station, const std::string& text) {
  std::string account = R"({"source": "sample:S3", "summary": ")" + text + "\"}";
  Ended ended = station.Run({"edit", "sample:I01", "--add-account", account, "--reason", "a test of endurance"});
  EXPECT_EQ(ended.exit_code, 0) << ended.err;
  return ended.exit_code == 0;
}

TEST(KillTest, NothingAcknowledgedIsLostOrDoubledByTwoHundredDeaths) {
  TemporaryFolder folder;
  MortalServer server(folder.File("server"));
  std::vector<Station> stations;
  for (const char* name : {"a", "b"}) {
    stations.emplace_back(folder.File(name), server.address(), name);
    stations.back().Ask({"sync"});
  }
  SeededRandom random(20231104);
  std::set<std::string> acknowledged;
  int deaths = 0, survivors = 0;
  for (int round = 0; round < kRounds && !HasFailure(); ++round) {
    Station& station = stations[random.Below(stations.size())];
    std::string text = "told in round " + std::to_string(round);
    if (AddAccount(station, text)) acknowledged.insert(text);
    Program sync({DAFTARCTL, "--replica", station.folder(), random.Below(2) == 0 ? "sync" : "push"});
    Wait(static_cast<int>(random.Below(kLongestDelayMs)));
    if (random.Below(2) == 0) {
      sync.Signal(SIGKILL);
      (sync.Wait().exit_code == 128 + SIGKILL ? deaths : survivors) += 1;
    } else {
      server.Kill();
      ++deaths;
      sync.Wait();
      server.Restart();
    }
  }
  EXPECT_GT(deaths, kRounds / 2) << survivors << " ended before they were killed";

  for (int pass = 0; pass < 2; ++pass) {
    for (Station& station : stations) station.Ask({"sync"});
  }
  std::string digest;
  for (Station& station : stations) {
    nlohmann::json status = station.Ask({"status"});
    EXPECT_EQ(status["outbox"], 0);
    if (digest.empty()) digest = status["digest"];
    EXPECT_EQ(status["digest"], digest);
    EXPECT_TRUE(station.Ask({"verify"})["digest_equal"]);

    std::map<std::string, int> told;
    nlohmann::json incident = station.Ask({"show", "sample:I01"});
    for (const nlohmann::json& account : incident["accounts"]) {
      ++told[account.value("summary", "")];
    }
    for (const std::string& text : acknowledged) EXPECT_EQ(told[text], 1) << text;
  }
}

}  // namespace
}  // namespace daftar
