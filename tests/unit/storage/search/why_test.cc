#include "storage/search/why.h"

#include <gmock/gmock.h>

#include "storage/search/query/query.h"

namespace daftar::search {
namespace {

using ::testing::EndsWith;
using ::testing::HasSubstr;
using ::testing::StartsWith;

Record ActorNamed(std::vector<std::string> names) {
  v1::Actor actor;
  for (const std::string& name : names) actor.add_name()->set_text(name);
  return Record(Uuid::FromName("JA"), v1::RecordKind::ACTOR, std::make_shared<v1::Actor>(actor));
}

Record IncidentWith(const std::string& summary) {
  v1::Incident incident;
  incident.add_account()->set_summary(summary);
  return Record(Uuid::FromName("I"), v1::RecordKind::INCIDENT, std::make_shared<v1::Incident>(incident));
}

std::string WhyOf(std::string_view query, const Record& record) {
  const auto parsed = ParseQuery(query, 0);
  DAFTAR_CHECK(parsed.ok());
  return Explainer(parsed->root, {}).Why(record);
}

TEST(WhyTest, TheReasonIsTheTextThatIsMostLikeTheQuery) {
  EXPECT_EQ(WhyOf("ансоруллоҳ", ActorNamed({"Ansarullah", "Ансоруллоҳ"})), "name: Ансоруллоҳ");
}

TEST(WhyTest, AnotherScriptIsAReasonToo) {
  EXPECT_EQ(WhyOf("Ансоруллоҳ", ActorNamed({"Jamaat Ansarullah"})), "name: Jamaat Ansarullah");
}

TEST(WhyTest, WhatIsNotWantedIsNoReason) { EXPECT_EQ(WhyOf("jamaat -ansarullah", ActorNamed({"Ansarullah"})), ""); }

TEST(WhyTest, ASnippetIsCutAtWordsAroundTheWordThatWasFound) {
  std::string summary;
  for (int i = 0; i < 40; ++i) summary += "before ";
  summary += "the cordon near Kevron ";
  for (int i = 0; i < 40; ++i) summary += "behind ";
  const std::string why = WhyOf("cordon", IncidentWith(summary));
  EXPECT_THAT(why, StartsWith("account: … before"));
  EXPECT_THAT(why, HasSubstr("the cordon near Kevron"));
  EXPECT_THAT(why, EndsWith("behind …"));
}

}  // namespace
}  // namespace daftar::search
