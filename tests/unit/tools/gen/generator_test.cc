#include "tools/gen/generator.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>

#include "storage/base/bytes.h"
#include "storage/base/hash.h"
#include "storage/model/parts.h"
#include "storage/model/validate.h"
#include "storage/search/analysis/fold.h"

namespace daftar::gen {
namespace {

constexpr GeneratorOptions kSmall{.seed = 7, .incidents = 2000};

// Of everything that makes up the first records.
std::string HashOfAll(const GeneratorOptions& options) {
  Generator generator(options);
  Hash256 hash{};
  while (std::optional<Record> record = generator.Next()) {
    hash = HashOf("test.gen", {AsBytes(hash), record->id().bytes(), record->message().SerializeAsString()});
  }
  return ToHex(AsBytes(hash));
}

KindLookup KindsOf(const Generator& generator) {
  return [&generator](const Uuid& id) -> std::optional<Kind> {
    const std::optional<Rid> rid = generator.RidOf(id);
    return rid ? std::optional<Kind>(generator.KindOf(*rid)) : std::nullopt;
  };
}

TEST(GeneratorTest, SameSeedAndSizeGiveTheSameBytes) { EXPECT_EQ(HashOfAll(kSmall), HashOfAll(kSmall)); }

TEST(GeneratorTest, AnotherSeedGivesOtherBytes) {
  EXPECT_NE(HashOfAll(kSmall), HashOfAll({.seed = 8, .incidents = 2000}));
}

// Datasets of benchmarks are compared over time: when this changes, say so in the commit and measure anew.
TEST(GeneratorTest, BytesAreThoseOfEveryOtherMachineAndCompiler) {
  EXPECT_EQ(HashOfAll({.seed = 1, .incidents = 300}),
            "33ce251fa330eeb646470a4175cd633fbf12eb8d5503cdebe153c3c416ef798c");
}

TEST(GeneratorTest, AnyRecordCanBeMadeOutOfOrder) {
  Generator generator(kSmall);
  for (Rid rid = 1; rid <= 100; ++rid) generator.Next();
  const std::optional<Record> in_order = generator.Next();
  const Record alone = Generator(kSmall).At(101);
  EXPECT_EQ(in_order->id(), alone.id());
  EXPECT_EQ(in_order->message().SerializeAsString(), alone.message().SerializeAsString());
}

TEST(GeneratorTest, IdsAscendWithRids) {
  Generator generator(kSmall);
  Uuid last;
  uint64_t count = 0;
  while (std::optional<Record> record = generator.Next()) {
    ++count;
    ASSERT_LT(last, record->id());
    last = record->id();
    ASSERT_EQ(generator.RidOf(last), count);
  }
  EXPECT_EQ(count, generator.total());
}

TEST(GeneratorTest, EveryRecordIsValid) {
  Generator generator(kSmall);
  const KindLookup kinds = KindsOf(generator);
  uint64_t records = 0;
  while (std::optional<Record> record = generator.Next()) {
    ++records;
    for (const FieldProblem& problem : Validate(record->kind(), record->message(), record->id(), kinds)) {
      ADD_FAILURE() << KindWord(record->kind()) << " " << problem.path << ": " << problem.message << '\n'
                    << record->message().ShortDebugString();
      return;
    }
  }
  EXPECT_EQ(records, generator.total());
}

TEST(GeneratorTest, BodiesAreCanonicalAsSerialized) {
  Generator generator(kSmall);
  while (std::optional<Record> record = generator.Next()) {
    ASSERT_EQ(*CanonicalBody(record->message()), record->message().SerializeAsString());
  }
}

TEST(GeneratorTest, AnIncidentTakesAbout860Bytes) {
  const Generator generator({.seed = 1, .incidents = 20'000});
  uint64_t bytes = 0, count = 0;
  for (Rid rid = generator.first_incident(); rid <= generator.total(); rid += 4, ++count) {
    bytes += generator.At(rid).message().ByteSizeLong();
  }
  EXPECT_THAT(bytes / count, testing::AllOf(testing::Ge(830u), testing::Le(890u)));
}

TEST(GeneratorTest, CountsGrowSlowerThanIncidents) {
  const Counts counts = Generator({.seed = 1, .incidents = 1'000'000}).counts();
  EXPECT_NEAR(static_cast<double>(counts.places), 4000, 200);
  EXPECT_NEAR(static_cast<double>(counts.actors), 15'000, 500);
  EXPECT_NEAR(static_cast<double>(counts.sources), 40'000, 1000);
}

TEST(GeneratorTest, TheSmallestDatasetIsWhole) {
  Generator generator({.seed = 3, .incidents = 1});
  const KindLookup kinds = KindsOf(generator);
  while (std::optional<Record> record = generator.Next()) {
    ASSERT_THAT(Validate(record->kind(), record->message(), record->id(), kinds), testing::IsEmpty());
  }
}

TEST(GeneratorTest, AccountsOfAnIncidentSometimesDisagree) {
  const Generator generator(kSmall);
  int many = 0, other_day = 0, other_place = 0, other_toll = 0;
  uint64_t accounts = 0;
  for (Rid rid = generator.first_incident(); rid <= generator.total(); ++rid) {
    const Record record = generator.At(rid);
    accounts += static_cast<uint64_t>(record.accounts().size());
    if (record.accounts().size() < 2) continue;
    ++many;
    std::set<std::pair<int, int>> days;
    std::set<std::string> places;
    std::set<double> tolls;
    for (const v1::Account& account : record.accounts()) {
      if (account.has_date()) days.insert({account.date().first_day(), account.date().last_day()});
      if (!account.place().empty()) places.insert(account.place());
      for (const v1::Toll& toll : account.killed()) tolls.insert(toll.best());
    }
    other_day += days.size() > 1;
    other_place += places.size() > 1;
    other_toll += tolls.size() > 1;
  }
  EXPECT_THAT(accounts * 10 / kSmall.incidents, testing::AllOf(testing::Ge(17u), testing::Le(19u)));
  EXPECT_GT(other_day, many / 4);
  EXPECT_GT(other_place, many / 4);
  EXPECT_GT(other_toll, many / 10);
}

TEST(GeneratorTest, DatesMostlyFollowTheIdsFrom2000To2025) {
  const Generator generator({.seed = 1, .incidents = 20'000});
  int32_t last = 0;
  int dated = 0, ascending = 0;
  for (Rid rid = generator.first_incident(); rid <= generator.total(); rid += 200) {
    const KnownItem item = generator.Describe(rid);
    if (item.day == 0) continue;
    EXPECT_GE(item.day, 10957 - 31);
    EXPECT_LE(item.day, 20453 + 31);
    ++dated;
    ascending += item.day >= last;
    last = item.day;
  }
  EXPECT_GT(ascending, dated * 8 / 10);
}

TEST(KnownItemTest, PhraseAndTitleStandInTheRecord) {
  const Generator generator(kSmall);
  int phrases = 0;
  for (Rid rid = generator.first_incident(); rid < generator.first_incident() + 200; ++rid) {
    const KnownItem item = generator.Describe(rid);
    EXPECT_THAT(item.title_words.size(), testing::AllOf(testing::Ge(4u), testing::Le(10u)));
    if (item.phrase.empty()) continue;
    ++phrases;
    const Record record = generator.At(rid);
    bool found = false;
    for (const v1::Account& account : record.accounts()) {
      found = found || account.summary().find(item.phrase) != std::string::npos;
    }
    EXPECT_TRUE(found) << item.phrase;
  }
  EXPECT_GT(phrases, 150);
}

TEST(KnownItemTest, AnActorsNameInAnotherScriptHasTheSameSkeleton) {
  const Generator generator(kSmall);
  for (Rid rid = generator.first_incident(); rid < generator.first_incident() + 200; ++rid) {
    const KnownItem item = generator.Describe(rid);
    if (item.actor == 0 || generator.At(item.actor).actor().class_() == v1::ActorClass::STATE) continue;
    // The made-up name is the last word; what stands before it is a word of the language.
    EXPECT_EQ(search::Skeleton(search::FoldedWords(item.actor_as_printed).back()),
              search::Skeleton(search::FoldedWords(item.actor_elsewhere).back()))
        << item.actor_as_printed << " " << item.actor_elsewhere;
  }
}

}  // namespace
}  // namespace daftar::gen
