// kill -9 at random moments while somebody types into a form: at most the last second is lost, and the list of forms
// says what was open. DAFTAR_FORM_KILLS=500 kills more often than the test does by itself.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <poll.h>
#include <signal.h>

#include <cstdlib>
#include <nlohmann/json.hpp>
#include <sstream>

#include "storage/base/random.h"
#include "tests/integration/program.h"
#include "tests/temporary_folder.h"

namespace daftar {
namespace {

constexpr int kKills = 12, kLongestMs = 2500, kMayBeLostMs = 1000;

nlohmann::json Ask(const std::string& folder, std::vector<std::string> words) {
  std::vector<std::string> command = {DAFTARCTL, "--replica", folder, "--json"};
  command.insert(command.end(), words.begin(), words.end());
  const Ended ended = RunProgram(command);
  EXPECT_EQ(ended.exit_code, 0) << ended.err;
  return nlohmann::json::parse(ended.out, nullptr, false);
}

// What the typist said that it typed: milliseconds, and keys.
struct Told {
  int64_t at = 0;
  size_t keys = 0;
};
std::vector<Told> Typed(Program& typist) {
  std::vector<Told> told;
  for (std::string line = typist.ReadLine(); !line.empty(); line = typist.ReadLine()) {
    std::istringstream words(line);
    Told one;
    if (words >> one.at >> one.keys) told.push_back(one);
  }
  return told;
}

TEST(FormKillTest, AtMostTheLastSecondOfTypingIsLost) {
  TemporaryFolder folder;
  const std::string station = folder.File("station");
  ASSERT_EQ(RunProgram({DAFTARCTL, "--replica", station, "init", "--author", "Amina"}).exit_code, 0);
  const char* wanted = std::getenv("DAFTAR_FORM_KILLS");
  const int kills = wanted != nullptr ? std::atoi(wanted) : kKills;
  SeededRandom random(6);
  int64_t worst = 0;
  for (int round = 0; round < kills && !HasFailure(); ++round) {
    Program typist({FORM_TYPIST, station});
    ASSERT_FALSE(typist.ReadLine().empty()) << typist.Wait().err;  // it has begun
    ::poll(nullptr, 0, static_cast<int>(random.Below(kLongestMs)));
    typist.Signal(SIGKILL);
    const std::vector<Told> told = Typed(typist);
    if (told.empty()) continue;
    size_t must_be_kept = 0;
    for (const Told& one : told) {
      if (one.at <= told.back().at - kMayBeLostMs) must_be_kept = one.keys;
    }

    const nlohmann::json forms = Ask(station, {"form", "list"})["forms"];
    ASSERT_FALSE(forms.empty());
    const nlohmann::json& last = forms.back();
    EXPECT_TRUE(last["recovered"]);
    const std::string number = std::to_string(last["form"].get<uint64_t>());
    std::string kept;
    const nlohmann::json shown = Ask(station, {"form", "show", number});
    for (const nlohmann::json& field : shown["fields"]) {
      if (field["path"] == "notes") kept = field["text"];
    }
    EXPECT_GE(kept.size(), must_be_kept) << "round " << round;
    EXPECT_LE(kept.size(), told.back().keys + 1);
    for (size_t i = 0; i < kept.size(); ++i) ASSERT_EQ(kept[i], static_cast<char>('a' + i % 26));
    for (const Told& one : told) {
      if (one.keys == kept.size() + 1) worst = std::max(worst, told.back().at - one.at);
    }
    EXPECT_EQ(RunProgram({DAFTARCTL, "--replica", station, "form", "drop", number}).exit_code, 0);
  }
  std::printf("%d kills; at most %lld ms of typing were lost\n", kills, static_cast<long long>(worst));
}

}  // namespace
}  // namespace daftar
