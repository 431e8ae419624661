// Bodies by field: what goes in comes out, whatever it is, and nothing else is believed.
#include "storage/view/body_columns.h"

#include <gtest/gtest.h>

#include "daftar/v1/records.pb.h"
#include "storage/base/random.h"
#include "storage/base/uuid.h"
#include "storage/view/columns.h"

namespace daftar {
namespace {

using Records = std::vector<std::pair<Rid, v1::StoredRecord>>;

constexpr size_t kMost = 1 << 20;

Uuid Id(const std::string& name) { return Uuid::FromName(name); }

void Add(Records& records, Kind kind, const std::string& body) {
  v1::StoredRecord record;
  record.set_id(Id("record " + std::to_string(records.size())).str());
  record.set_kind(kind);
  record.set_body(body);
  records.emplace_back(static_cast<Rid>(records.size() + 1), std::move(record));
}

v1::Incident SomeIncident(uint64_t key) {
  v1::Incident incident;
  incident.set_notes(std::string(200, 'n'));
  v1::Account& account = *incident.add_account();
  account.set_key(key << 20);
  account.set_source(Id("source").str());
  account.set_place(Id("record 1").str());
  account.set_wording("two crossed at night");
  account.add_role()->set_actor(Id("actor " + std::to_string(key % 3)).str());
  account.add_role()->set_actor(Id("source").str());
  return incident;
}

Records SomeRecords() {
  Records records;
  for (uint64_t i = 0; i < 10; ++i) Add(records, v1::RecordKind::INCIDENT, SomeIncident(i).SerializeAsString());
  v1::Place place;
  place.mutable_retired()->set_reason("twice");
  Add(records, v1::RecordKind::PLACE, place.SerializeAsString());
  Add(records, v1::RecordKind::ACTOR, "");
  return records;
}

Records WithoutBodies(Records records) {
  for (auto& [rid, record] : records) record.clear_body();
  return records;
}

std::string Put(const Records& records) {
  std::string bytes;
  PutBodies(bytes, records);
  return bytes;
}

void ExpectComesBack(const Records& records) {
  const std::string bytes = Put(records) + "behind";
  std::string_view rest = bytes;
  Records back = WithoutBodies(records);
  const Status status = TakeBodies(rest, back, kMost);
  ASSERT_TRUE(status.ok()) << status;
  EXPECT_EQ(rest, "behind");
  for (size_t i = 0; i < records.size(); ++i) EXPECT_EQ(back[i].second.body(), records[i].second.body()) << i;
}

TEST(BodyColumnsTest, BodiesComeBackByteForByte) { ExpectComesBack(SomeRecords()); }

TEST(BodyColumnsTest, NoRecordsAreNoBodies) { ExpectComesBack({}); }

TEST(BodyColumnsTest, ABodyThatIsNotWrittenAsWeWriteComesBackAllTheSame) {
  const std::string id = Id("x").str();
  const std::vector<std::string> bodies{
      std::string("\x18\x81\x00", 3),              // a number of more bytes than it needs
      std::string("\x82\x02\x85\x00notes", 9),     // a length of more bytes than it needs
      std::string("\x9a\x00\x01", 3),              // a tag of more bytes than it needs
      std::string("\x3b\x08\x01\x3c", 4),          // a group
      "\x3a\x0fxxxxxxxxxxxxxxx",                   // an id of fifteen bytes
      "\x82\x02\x09notes",                         // cut short
      std::string("\x00\x01", 2),                  // a field without a number
      "\xff\xff\xff\xff\xff\xff\xff\xff\xff\x7f",  // no tag at all
      "\x0dxxxx",                                  // four fixed bytes
      "\x09xxxxxxxx",                              // eight, of an unknown field
      "\x3a\x10" + id + "\x3a\x10" + id,           // twice what should be there once
      "\xf2\x3f\x03unk",                           // an unknown field
  };
  Records records;
  for (const std::string& body : bodies) {
    Add(records, v1::RecordKind::INCIDENT, body);
    Add(records, v1::RecordKind::INCIDENT, SomeIncident(7).SerializeAsString());
    Add(records, static_cast<Kind>(77), body);  // a kind of a later version
  }
  ExpectComesBack(records);
}

TEST(BodyColumnsTest, RecordsOfOneIdComeBack) {
  Records records = SomeRecords();
  records[3].second.set_id(records[4].second.id());
  ExpectComesBack(records);
}

// Messages within messages, deeper than any schema has: each is a field of the one above.
TEST(BodyColumnsTest, ABodyOfAnyDepthComesBack) {
  std::string body;
  for (int i = 0; i < 60; ++i) {
    std::string outer = "\xca\x02";
    PutVarint(outer, body.size());
    body = outer + body;
  }
  Records records;
  Add(records, v1::RecordKind::INCIDENT, body);
  ExpectComesBack(records);
}

TEST(BodyColumnsTest, WhatManyRecordsPointAtTravelsOnce) {
  Records one = SomeRecords(), more = SomeRecords();
  Add(more, v1::RecordKind::INCIDENT, SomeIncident(11).SerializeAsString());
  EXPECT_LT(Put(more).size(), Put(one).size() + SomeIncident(11).ByteSizeLong() - 3 * Uuid::kSize);
}

TEST(BodyColumnsTest, BodiesCutShortAnywhereAreRefused) {
  const Records records = SomeRecords();
  const std::string bytes = Put(records);
  for (size_t size = 0; size < bytes.size(); ++size) {
    std::string_view rest = std::string_view(bytes).substr(0, size);
    Records back = WithoutBodies(records);
    EXPECT_EQ(TakeBodies(rest, back, kMost).code(), StatusCode::kInvalidArgument) << size;
  }
}

TEST(BodyColumnsTest, MoreThanWasAllowedIsRefused) {
  const Records records = SomeRecords();
  size_t total = 0;
  for (const auto& [rid, record] : records) total += record.body().size();
  const std::string bytes = Put(records);
  std::string_view rest = bytes;
  Records back = WithoutBodies(records);
  EXPECT_EQ(TakeBodies(rest, back, total - 1).code(), StatusCode::kInvalidArgument);
}

TEST(BodyColumnsTest, AlteredBytesAreRefusedOrGiveNoMoreThanTheyClaim) {
  const Records records = SomeRecords();
  const std::string bytes = Put(records);
  SeededRandom random(1);
  for (int i = 0; i < 20'000; ++i) {
    std::string altered = bytes;
    for (uint64_t flips = 1 + random.Below(3); flips > 0; --flips)
      altered[random.Below(altered.size())] = static_cast<char>(random.Below(256));
    std::string_view rest = altered;
    Records back = WithoutBodies(records);
    const Status status = TakeBodies(rest, back, 5'000);
    size_t total = 0;
    for (const auto& [rid, record] : back) total += record.body().size();
    EXPECT_LE(total, 5'000u + 16);
    if (!status.ok()) {
      EXPECT_EQ(status.code(), StatusCode::kInvalidArgument);
    }
  }
}

}  // namespace
}  // namespace daftar
