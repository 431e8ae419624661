// What is derived from a record alone.
#include "storage/model/derived.h"

#include <gmock/gmock.h>
#include <google/protobuf/descriptor.h>

#include <algorithm>

#include "daftar/v1/options.pb.h"

namespace daftar {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;
using testing::ElementsAre;
using testing::IsEmpty;

// Fills every reference that the schema has, down to the last message, with an id of its own; returns how many.
int FillReferences(Message& message, int next) {
  const google::protobuf::Reflection& reflection = *message.GetReflection();
  for (int i = 0; i < message.GetDescriptor()->field_count(); ++i) {
    const FieldDescriptor* field = message.GetDescriptor()->field(i);
    const std::string id = Uuid::FromName(std::to_string(next)).str();
    if (field->cpp_type() == FieldDescriptor::CPPTYPE_MESSAGE) {
      next = FillReferences(
          *(field->is_repeated() ? reflection.AddMessage(&message, field) : reflection.MutableMessage(&message, field)),
          next);
    } else if (field->options().HasExtension(v1::ref)) {
      field->is_repeated() ? reflection.AddString(&message, field, id) : reflection.SetString(&message, field, id);
      ++next;
    }
  }
  return next;
}

TEST(TargetsTest, EveryReferenceOfTheSchemaIsATarget) {
  for (const Kind kind : AllKinds()) {
    std::shared_ptr<Message> message = NewMessage(kind);
    const int filled = FillReferences(*message, 0);
    ASSERT_GT(filled, 0) << KindWord(kind);
    std::vector<std::string> expected;
    for (int i = 0; i < filled; ++i) expected.push_back(Uuid::FromName(std::to_string(i)).str());
    std::sort(expected.begin(), expected.end());
    EXPECT_EQ(TargetsOf(Record(Uuid::FromName("own"), kind, message)), expected) << KindWord(kind);
  }
}

TEST(TargetsTest, ARecordThatIsPointedAtTwiceIsOneTarget) {
  auto incident = std::make_shared<v1::Incident>();
  for (int i = 0; i < 2; ++i) incident->add_account()->set_source(Uuid::FromName("source").str());
  EXPECT_THAT(TargetsOf(Record(Uuid::FromName("own"), v1::RecordKind::INCIDENT, incident)),
              ElementsAre(Uuid::FromName("source").str()));
}

TEST(TargetsTest, WhatIsNoIdIsNoTarget) {
  auto incident = std::make_shared<v1::Incident>();
  incident->add_account()->set_source("somebody");
  EXPECT_THAT(TargetsOf(Record(Uuid::FromName("own"), v1::RecordKind::INCIDENT, incident)), IsEmpty());
}

}  // namespace
}  // namespace daftar
