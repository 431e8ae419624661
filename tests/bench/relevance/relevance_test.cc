// Searches find what people mean: known records over the sample and generated data. tests/bench/README.md has the
// larger measure, beside peers.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/bench/relevance/finder.h"
#include "tests/temporary_folder.h"

namespace daftar::bench {
namespace {

constexpr uint64_t kIncidents = 1500, kSeed = 3;
constexpr size_t kInGroup = 12;
// The goals are 0.98 and 0.9, which relevance_run holds against more records. These floors are for what gets worse.
constexpr double kInTenFloor = 0.97, kFirstFloor = 0.9;

class Relevance : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    folder_ = new TemporaryFolder;
    generator_ = new gen::Generator({.seed = kSeed, .incidents = kIncidents});
    const auto records = SampleAndGenerated(DAFTAR_SOURCE_DIR "/tools/sample", *generator_);
    ASSERT_TRUE(records.ok()) << records.status();
    auto finder = MakeDaftarFinder(folder_->path() + "/replica", *records);
    ASSERT_TRUE(finder.ok()) << finder.status();
    finder_ = finder->release();
  }
  static void TearDownTestSuite() {
    delete finder_;
    delete generator_;
    delete folder_;
  }

  static Found Ask(const std::vector<Case>& cases) {
    Found found;
    for (const Case& asked : cases) {
      const Status status = AskOne(*finder_, asked, found);
      EXPECT_TRUE(status.ok()) << status;
    }
    return found;
  }

  static TemporaryFolder* folder_;
  static gen::Generator* generator_;
  static Finder* finder_;
};
TemporaryFolder* Relevance::folder_ = nullptr;
gen::Generator* Relevance::generator_ = nullptr;
Finder* Relevance::finder_ = nullptr;

std::vector<Case> AllCases(const gen::Generator& generator) {
  std::vector<Case> cases = SampleCases();
  for (Case& own : GeneratedCases(generator, kSeed, kInGroup)) cases.push_back(std::move(own));
  return cases;
}

TEST_F(Relevance, FindsKnownRecordsAmongTheFirstTen) {
  const Found found = Ask(AllCases(*generator_));
  EXPECT_GE(found.in_ten_share(), kInTenFloor) << testing::PrintToString(found.missed);
}

TEST_F(Relevance, PutsKnownRecordsFirst) {
  const Found found = Ask(AllCases(*generator_));
  EXPECT_GE(found.first_share(), kFirstFloor) << testing::PrintToString(found.behind);
}

}  // namespace
}  // namespace daftar::bench
