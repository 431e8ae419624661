#include "storage/model/parts.h"

#include <gmock/gmock.h>
#include <google/protobuf/text_format.h>

#include "storage/model/digest.h"

namespace daftar {
namespace {

using ::testing::ElementsAre;

v1::Incident Incident(const std::string& text) {
  v1::Incident incident;
  EXPECT_TRUE(google::protobuf::TextFormat::ParseFromString(text, &incident));
  return incident;
}

std::string Body(const std::string& text) { return *CanonicalBody(Incident(text)); }

std::vector<PartId> IdsOf(std::string_view body) {
  std::vector<PartId> ids;
  std::vector<Part> parts = *SplitParts(body);
  for (const Part& part : parts) ids.push_back(part.id);
  return ids;
}

v1::PartEdit EditOf(uint32_t field, uint64_t key, const std::string& value) {
  v1::PartEdit edit;
  edit.set_field(field);
  edit.set_key(key);
  edit.set_value(value);
  return edit;
}

TEST(PartsTest, AFieldIsOnePartAndEachItemOfACollectionIsOne) {
  std::string body = Body("kind: CLASH kind: SEIZURE notes: 'x' account { key: 9 } account { key: 4 }");
  EXPECT_THAT(IdsOf(body), ElementsAre(PartId{1, 0}, PartId{32, 0}, PartId{41, 4}, PartId{41, 9}));
}

TEST(PartsTest, TheCanonicalBodyDoesNotDependOnTheOrderOfItems) {
  EXPECT_EQ(Body("account { key: 9 } account { key: 4 }"), Body("account { key: 4 } account { key: 9 }"));
}

TEST(PartsTest, AnItemWithoutAKeyIsRefused) { EXPECT_FALSE(CanonicalBody(Incident("account { summary: 'x' }")).ok()); }

TEST(PartsTest, AKeyTwiceIsRefused) {
  EXPECT_FALSE(CanonicalBody(Incident("tag { key: 1 } tag { key: 1 text: 'x' }")).ok());
}

TEST(PartsTest, ADifferencePatchesOneBodyIntoTheOther) {
  std::string from = Body("kind: CLASH notes: 'old' account { key: 1 } tag { key: 5 text: 'gone' }");
  std::string to = Body("kind: CLASH notes: 'new' account { key: 1 } account { key: 2 summary: 'more' }");
  auto edits = DiffParts(from, to);
  ASSERT_TRUE(edits.ok());
  EXPECT_EQ(edits->size(), 3u);
  EXPECT_EQ(*PatchBody(from, *edits), to);
}

TEST(PartsTest, FieldsOfANewerSchemaSurviveAPatchByteForByte) {
  std::string unknown_field("\x9a\x04\x03xyz", 6);  // field 67, an item of a collection must begin with its key
  EXPECT_FALSE(SplitParts(unknown_field).ok());
  std::string unknown_item("\x9a\x04\x04\x08\x07\x10\x01", 7);  // field 67, key 7
  std::string unknown_scalar("\x98\x01\x2a", 3);                // field 19
  std::string body = JoinParts(*SplitParts(unknown_item + Body("notes: 'a'") + unknown_scalar));
  auto patched = PatchBody(body, std::vector<v1::PartEdit>{EditOf(32, 0, Body("notes: 'b'"))});
  ASSERT_TRUE(patched.ok());
  EXPECT_EQ(*patched, unknown_scalar + Body("notes: 'b'") + unknown_item);
}

TEST(PartsTest, AValueThatIsNotExactlyItsPartIsRefused) {
  EXPECT_FALSE(CheckPartValue({32, 0}, Body("kind: CLASH")).ok());
  EXPECT_FALSE(CheckPartValue({41, 2}, Body("account { key: 3 }")).ok());
  EXPECT_FALSE(CheckPartValue({41, 0}, Body("account { key: 3 }")).ok());
  EXPECT_FALSE(CheckPartValue({32, 1}, Body("notes: 'x'")).ok());
  EXPECT_TRUE(CheckPartValue({41, 3}, Body("account { key: 3 }")).ok());
}

TEST(PartsTest, TruncatedBytesAreRefusedAtEveryLength) {
  std::string body = Body("kind: CLASH notes: 'some words' account { key: 4 summary: 'more words' }");
  int refused = 0;
  for (size_t length = 1; length < body.size(); ++length)
    refused += !SplitParts(std::string_view(body).substr(0, length)).ok();
  EXPECT_GT(refused, 30);  // all but the cuts between parts
  EXPECT_EQ(body.size() - 1 - static_cast<size_t>(refused), 2u);
}

TEST(DigestTest, EqualDataHasOneDigestHoweverItCameAbout) {
  Uuid id = Uuid::FromName("a");
  Kind kind = v1::RecordKind::INCIDENT;
  Digest sum = *BodyDigest(id, kind, Body("notes: 'a' tag { key: 1 text: 'x' }"));
  Digest moved = *BodyDigest(id, kind, Body("notes: 'b'"));
  moved.Subtract(PartDigest(id, kind, {32, 0}, Body("notes: 'b'")));
  moved.Add(PartDigest(id, kind, {44, 1}, Body("tag { key: 1 text: 'x' }")));
  moved.Add(PartDigest(id, kind, {32, 0}, Body("notes: 'a'")));
  EXPECT_EQ(sum, moved);
}

TEST(DigestTest, TheSameBytesInAnotherRecordCountDifferently) {
  EXPECT_FALSE(PartDigest(Uuid::FromName("a"), v1::RecordKind::INCIDENT, {32, 0}, "x") ==
               PartDigest(Uuid::FromName("b"), v1::RecordKind::INCIDENT, {32, 0}, "x"));
}

}  // namespace
}  // namespace daftar
