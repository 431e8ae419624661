// Programs of two ages: records of a schema that has a field and a collection more, built at run time, pass through
// clients and servers that have never heard of them.
#include <google/protobuf/descriptor.pb.h>
#include <google/protobuf/dynamic_message.h>

#include "storage/model/parts.h"
#include "tests/unit/client/sync/sync_fixture.h"

namespace daftar {
namespace {

using ::google::protobuf::DescriptorPool;
using ::google::protobuf::DescriptorProto;
using ::google::protobuf::FieldDescriptor;
using ::google::protobuf::FieldDescriptorProto;
using ::google::protobuf::FileDescriptor;
using ::google::protobuf::FileDescriptorProto;
using ::google::protobuf::Message;

constexpr uint32_t kWeather = 20, kSightings = 61;

// Next year's records.proto: an incident has a `weather` = 20, and `sighting`s = 61 with a key and a text.
class NewerSchema {
 public:
  NewerSchema() {
    AddFile(*v1::Incident::descriptor()->file());
    incident_ = factory_.GetPrototype(pool_.FindMessageTypeByName(v1::Incident::descriptor()->full_name()));
  }

  std::unique_ptr<Message> Parse(const std::string& body) const {
    std::unique_ptr<Message> message(incident_->New());
    EXPECT_TRUE(message->ParseFromString(body));
    return message;
  }
  void SetWeather(Message& incident, const std::string& text) const {
    incident.GetReflection()->SetString(&incident, Field(incident, kWeather), text);
  }
  std::string Weather(const Message& incident) const {
    return incident.GetReflection()->GetString(incident, Field(incident, kWeather));
  }
  void AddSighting(Message& incident, uint64_t key, const std::string& text) const {
    Message* item = incident.GetReflection()->AddMessage(&incident, Field(incident, kSightings));
    item->GetReflection()->SetUInt64(item, Field(*item, 1), key);
    item->GetReflection()->SetString(item, Field(*item, 2), text);
  }
  int Sightings(const Message& incident) const {
    return incident.GetReflection()->FieldSize(incident, Field(incident, kSightings));
  }
  void RemoveSightings(Message& incident) const {
    incident.GetReflection()->ClearField(&incident, Field(incident, kSightings));
  }

 private:
  static const FieldDescriptor* Field(const Message& message, uint32_t number) {
    return message.GetDescriptor()->FindFieldByNumber(static_cast<int>(number));
  }
  void AddFile(const FileDescriptor& file) {
    if (pool_.FindFileByName(file.name()) != nullptr) return;
    for (int i = 0; i < file.dependency_count(); ++i) AddFile(*file.dependency(i));
    FileDescriptorProto proto;
    file.CopyTo(&proto);
    for (DescriptorProto& message : *proto.mutable_message_type()) {
      if (message.name() == "Incident") Extend(message);
    }
    ASSERT_NE(pool_.BuildFile(proto), nullptr);
  }
  static void Extend(DescriptorProto& incident) {
    AddField(incident, "weather", kWeather, FieldDescriptorProto::TYPE_STRING);
    DescriptorProto& sighting = *incident.add_nested_type();
    sighting.set_name("Sighting");
    AddField(sighting, "key", 1, FieldDescriptorProto::TYPE_UINT64);
    AddField(sighting, "text", 2, FieldDescriptorProto::TYPE_STRING);
    FieldDescriptorProto& field = AddField(incident, "sighting", kSightings, FieldDescriptorProto::TYPE_MESSAGE);
    field.set_label(FieldDescriptorProto::LABEL_REPEATED);
    field.set_type_name("Sighting");
  }
  static FieldDescriptorProto& AddField(DescriptorProto& message, const std::string& name, uint32_t number,
                                        FieldDescriptorProto::Type type) {
    FieldDescriptorProto& field = *message.add_field();
    field.set_name(name);
    field.set_number(static_cast<int>(number));
    field.set_type(type);
    field.set_label(FieldDescriptorProto::LABEL_OPTIONAL);
    return field;
  }

  DescriptorPool pool_;
  google::protobuf::DynamicMessageFactory factory_;
  const Message* incident_ = nullptr;
};

class SchemaTest : public SyncFixture {
 protected:
  SchemaTest() {
    EditAsNewer(1, 1, [this](Message& incident) { Fill(incident); });
  }

  void Fill(Message& incident) {
    newer.SetWeather(incident, "fog until noon");
    newer.AddSighting(incident, 7, "from the ridge");
    newer.AddSighting(incident, 9, "from the ford");
  }
  // A newer client pushes what becomes of the incident as it was at that revision; the answer.
  v1::PushResult EditAsNewer(uint64_t seq, Revision base, const std::function<void(Message&)>& edit) {
    const std::string before = BodyOf(dataset->log().view());
    std::unique_ptr<Message> message = newer.Parse(before);
    edit(*message);
    v1::Mutation mutation;
    mutation.set_client(Uuid::FromName("a newer client").str());
    mutation.set_seq(seq);
    mutation.set_base_revision(base);
    mutation.set_author("newer");
    v1::RecordEdit& record = *mutation.add_edit();
    record.set_record(kIncident.str());
    record.set_kind(v1::RecordKind::INCIDENT);
    auto parts = DiffParts(before, *CanonicalBody(*message));
    record.mutable_part()->Add(parts->begin(), parts->end());
    std::vector<v1::Mutation> group{mutation};
    auto results = dataset->log().Commit(group);
    EXPECT_TRUE(results.ok() && (*results)[0].ok());
    return *(*results)[0];
  }

  // The stored bytes of the incident.
  std::string BodyOf(const View& view) {
    const std::vector<Rid> rids{1, 2};
    const auto whole = view.WholeRecords(rids, SIZE_MAX);
    EXPECT_TRUE(whole.ok());
    std::vector<Part> parts;
    for (const RecordChange& record : whole->set.changes) {
      for (const PartChange& part : record.parts) {
        if (record.id == kIncident && !part.value.empty()) parts.push_back({part.id, part.value});
      }
    }
    return JoinParts(parts);
  }
  std::string PartOf(const View& view, PartId id) {
    auto parts = SplitParts(BodyOf(view));
    return std::string(FindPart(*parts, id));
  }
  void ExpectSameEverywhere() {
    EXPECT_EQ(BodyOf(station->view()), BodyOf(dataset->log().view()));
    EXPECT_EQ((*station->view().Snapshot())->Head()->digest(), dataset->log().Head()->digest());
    EXPECT_TRUE(station->view().Verify(nullptr)->healthy());
  }

  const NewerSchema newer;
};

TEST_F(SchemaTest, AnOldClientsEditLeavesWhatItDoesNotKnowByteForByte) {
  Sync(*station);
  const std::string weather = PartOf(station->view(), {kWeather, 0}), seen = PartOf(station->view(), {kSightings, 9});
  ASSERT_NE(weather, "");
  ASSERT_NE(seen, "");
  Queue(*station, WithNotes(*station, "an old hand"));
  ASSERT_EQ(station->Outbox()->at(0).mutation().edit(0).part_size(), 1);  // only what it changed
  Sync(*station);
  ExpectSameEverywhere();
  EXPECT_EQ(PartOf(dataset->log().view(), {kWeather, 0}), weather);
  EXPECT_EQ(PartOf(dataset->log().view(), {kSightings, 9}), seen);
}

TEST_F(SchemaTest, WhatIsNewAndWhatIsOldMergeAndReachTheOldClientAsADelta) {
  Sync(*station);
  const Revision seen = dataset->log().Head()->cursor().revision();
  Queue(*station, WithNotes(*station, "an old hand"));
  const v1::PushResult result = EditAsNewer(2, seen, [this](Message& incident) {
    newer.SetWeather(incident, "clear");
    newer.AddSighting(incident, 11, "from the air");
  });
  EXPECT_EQ(result.outcome(), v1::PushResult::Outcome::APPLIED);
  EXPECT_EQ(Sync(*station).merged, 1u);
  ExpectSameEverywhere();
  const std::unique_ptr<Message> incident = newer.Parse(BodyOf(station->view()));
  EXPECT_EQ(newer.Weather(*incident), "clear");
  EXPECT_EQ(newer.Sightings(*incident), 3);
  EXPECT_EQ(Incident(*station).notes(), "an old hand");
}

TEST_F(SchemaTest, ItemsOfANewCollectionThatAreRemovedGoFromTheOldClientToo) {
  Sync(*station);
  EditAsNewer(2, dataset->log().Head()->cursor().revision(),
              [this](Message& incident) { newer.RemoveSightings(incident); });
  Sync(*station);
  ExpectSameEverywhere();
  EXPECT_EQ(PartOf(station->view(), {kSightings, 7}), "");
  EXPECT_NE(PartOf(station->view(), {kWeather, 0}), "");
}

TEST_F(SchemaTest, AnEditThatWaitsWhileTheProgramDiesStillCarriesNothingThatItDoesNotKnow) {
  Sync(*station);
  const std::string before = BodyOf(station->view());
  Queue(*station, WithNotes(*station, "an old hand"));
  station.reset();
  station = *Workstation::Open(folder.File("a"), clock, random);
  // What the editor sees meanwhile is the record with all that is in it.
  auto parts = SplitParts(*CanonicalBody(Incident(*station).message()));
  EXPECT_EQ(FindPart(*parts, {kWeather, 0}), FindPart(*SplitParts(before), {kWeather, 0}));
  Sync(*station);
  ExpectSameEverywhere();
}

TEST_F(SchemaTest, TwoNewerClientsInConflictOverANewFieldAreParkedByAnOldServer) {
  const Revision seen = dataset->log().Head()->cursor().revision();
  EditAsNewer(2, seen, [this](Message& incident) { newer.SetWeather(incident, "clear"); });
  v1::Mutation other;
  other.set_client(Uuid::FromName("another newer client").str());
  other.set_seq(1);
  other.set_base_revision(seen);
  other.set_author("other");
  v1::RecordEdit& edit = *other.add_edit();
  edit.set_record(kIncident.str());
  edit.set_kind(v1::RecordKind::INCIDENT);
  std::unique_ptr<Message> message = newer.Parse("");
  newer.SetWeather(*message, "snow");
  auto parts = DiffParts("", *CanonicalBody(*message));
  edit.mutable_part()->Add(parts->begin(), parts->end());
  std::vector<v1::Mutation> group{other};
  auto results = dataset->log().Commit(group);
  ASSERT_TRUE(results.ok() && (*results)[0].ok());
  ASSERT_EQ((*results)[0]->conflict_size(), 1);
  EXPECT_EQ((*results)[0]->conflict(0).mine(), parts->at(0).value());
  EXPECT_EQ((*results)[0]->conflict(0).theirs(), PartOf(dataset->log().view(), {kWeather, 0}));
}

}  // namespace
}  // namespace daftar
