// A server, a relay and a neighbour, all by the real programs: the server goes away, the neighbour reads and writes by
// way of the relay, the server comes back, and all are equal.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <signal.h>

#include <chrono>
#include <memory>
#include <string>

#include "tests/integration/stations.h"

namespace daftar {
namespace {

using nlohmann::json;
using ::testing::HasSubstr;
using ::testing::StartsWith;

class RelayProgramTest : public ::testing::Test {
 protected:
  RelayProgramTest()
      : server_(std::make_unique<SampleServer>(home_.File("server"))),
        relaying_(home_.File("relay"), server_->address(), "Relay"),
        amina_(home_.File("a"), server_->address(), "Amina"),
        bahrom_(home_.File("b"), server_->address(), "Bahrom") {
    EXPECT_TRUE(amina_.Ask({"sync"})["digest_equal"]);
  }

  // Starts it; it has the server's state when this returns.
  void StartRelay() {
    relay_ = std::make_unique<Program>(std::vector<std::string>{DAFTARCTL, "relay", "--replica", relaying_.folder(),
                                                                "--listen", "127.0.0.1:0", "--insecure-loopback"});
    const std::string line = relay_->ReadLine(), said = "listening on ";
    ASSERT_THAT(line, StartsWith(said));
    address_ = line.substr(said.size());
  }
  // Asks until the answer is there: other programs need their time.
  template <typename Answered>
  json AskUntil(const Station& station, const std::vector<std::string>& arguments, Answered answered) {
    const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(60);
    while (std::chrono::steady_clock::now() < deadline) {
      const Ended ended = station.Run(WithJson(arguments));
      const json answer = json::parse(ended.out, nullptr, /*allow_exceptions=*/false);
      if (ended.exit_code == 0 && answer.is_object() && answered(answer)) return answer;
    }
    ADD_FAILURE() << "no such answer came of " << arguments.front();
    return json::object();
  }
  static std::vector<std::string> WithJson(std::vector<std::string> arguments) {
    arguments.push_back("--json");
    return arguments;
  }
  static void WriteNotes(const Station& station, const std::string& notes) {
    station.Ask({"edit", "sample:I01", "--set", "notes=" + notes, "--reason", "a test"});
  }
  static std::string NotesOf(const Station& station) { return station.Ask({"show", "sample:I01"}).value("notes", ""); }
  std::string DigestOf(const Station& station) { return station.Ask({"status"})["digest"]; }

  TemporaryFolder home_;
  std::unique_ptr<SampleServer> server_;
  Station relaying_, amina_, bahrom_;
  std::unique_ptr<Program> relay_;
  std::string address_;
};

TEST_F(RelayProgramTest, NeighboursReadAndWriteWhileTheServerIsAway) {
  // Bahrom writes; the relay follows the server and gets it, Amina does not.
  StartRelay();
  bahrom_.Ask({"sync"});
  WriteNotes(bahrom_, "from Bahrom");
  bahrom_.Ask({"push"});
  bahrom_.Ask({"sync"});
  const Ended to_bahrom = bahrom_.Run({"sync", "--relay", address_});
  EXPECT_EQ(to_bahrom.exit_code, 0) << to_bahrom.err;
  const json read =
      AskUntil(amina_, {"sync", "--relay", address_}, [](const json& answer) { return answer["to"] == 2; });
  EXPECT_TRUE(read["relay"]);

  server_->Stop();
  EXPECT_EQ(amina_.Run({"sync"}).exit_code, 6);
  EXPECT_EQ(NotesOf(amina_), "from Bahrom");
  WriteNotes(amina_, "from Amina");
  const json pushed = amina_.Ask({"sync", "--relay", address_});
  EXPECT_EQ(pushed["carried"], 1);
  EXPECT_TRUE(pushed["digest_equal"]);
  EXPECT_EQ(amina_.Ask({"outbox"})["entries"][0]["carried"], true);

  server_->Start();
  const json learnt = AskUntil(amina_, {"sync", "--relay", address_},
                               [](const json& answer) { return answer["pushed"]["applied"] == 1; });
  EXPECT_EQ(learnt["carried"], 0);
  EXPECT_EQ(amina_.Ask({"outbox"})["total"], 0);

  relay_->Signal(SIGINT);
  const Ended ended = relay_->Wait();
  EXPECT_EQ(ended.exit_code, 130) << ended.err;
  EXPECT_THAT(ended.err, HasSubstr("1 edit delivered to the server"));
  for (const Station* station : {&relaying_, &amina_, &bahrom_}) {
    EXPECT_TRUE(station->Ask({"sync"})["digest_equal"]);
    EXPECT_EQ(NotesOf(*station), "from Amina");
    EXPECT_EQ(DigestOf(*station), DigestOf(amina_));
  }
}

TEST_F(RelayProgramTest, WillNotListenWhereOthersCouldReadAlong) {
  const Ended ended = relaying_.Run({"relay", "--listen", "0.0.0.0:0", "--insecure-loopback"});
  EXPECT_NE(ended.exit_code, 0);
  EXPECT_THAT(ended.err, HasSubstr("without encryption"));
}

TEST_F(RelayProgramTest, ByTlsOnlyNeighboursThatItsKeeperLetInAreServed) {
  EXPECT_TRUE(relaying_.Ask({"sync"})["digest_equal"]);
  relaying_.Ask({"neighbour", "allow", amina_.Ask({"key", "show"})["key"], "--edit", "--name", "Amina"});
  relay_ = std::make_unique<Program>(
      std::vector<std::string>{DAFTARCTL, "relay", "--replica", relaying_.folder(), "--listen", "127.0.0.1:0"});
  const std::string listening = relay_->ReadLine(), address = relay_->ReadLine(), said = "--relay ";
  const std::string relay = address.substr(address.find(said) + said.size());
  EXPECT_TRUE(amina_.Ask({"sync", "--relay", relay})["digest_equal"]);
  const Ended refused = bahrom_.Run({"sync", "--relay", relay});
  EXPECT_NE(refused.exit_code, 0);
  EXPECT_THAT(refused.err, HasSubstr(std::string(bahrom_.Ask({"key", "show"})["key"])));
}

}  // namespace
}  // namespace daftar
