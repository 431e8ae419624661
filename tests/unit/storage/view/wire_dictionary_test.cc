#include "storage/view/wire_dictionary.h"

#include <gtest/gtest.h>

#include "storage/view/change_columns.h"
#include "tests/unit/storage/log/log_fixture.h"

namespace daftar {
namespace {

class WireDictionaryTest : public LogFixture {
 protected:
  // Records that are like each other, as those of a dataset are.
  void PushMany(int first, int count) {
    std::vector<v1::RecordEdit> edits;
    for (int i = first; i < first + count; ++i) {
      const std::string notes = "the patrol of post " + std::to_string(i * 7919 % 97) +
                                " found arms near the river; case " + std::to_string(i * 104729 % 9973);
      edits.push_back(NewIncident("incident " + std::to_string(i), IncidentBody(notes, {1, 2})));
    }
    Push("founder", ++pushed_, 0, edits);
  }
  ChangeSet Newest() {
    v1::Position position;
    position.set_revision(log->Head()->cursor().revision() - 1);
    position.set_rid(UINT32_MAX);
    return log->view().ChangesAfter(position, position.revision(), 1 << 20)->set;
  }
  uint64_t pushed_ = 1;
};

TEST_F(WireDictionaryTest, AFrameOfOneNewRecordTakesHalfAndComesBackAsItWas) {
  PushMany(0, 3000);
  const std::string bytes = *TrainWireDictionary(log->view());
  ASSERT_FALSE(bytes.empty());
  PushMany(3000, 1);
  const v1::DeltaFrame plain = *EncodeFrame(Newest());
  v1::DeltaFrame packed = plain;
  const auto server = *WireDictionary::From(bytes, WireDictionary::Use::kPack);
  ASSERT_TRUE(server->Pack(packed).ok());
  EXPECT_EQ(packed.dictionary(), server->id());
  EXPECT_LE(packed.body().size() * 2, plain.body().size());
  const auto client = *WireDictionary::From(bytes, WireDictionary::Use::kUnpack);
  ASSERT_TRUE(client->Unpack(packed).ok());
  EXPECT_EQ(EncodeChanges(*DecodeFrame(packed)), EncodeChanges(*DecodeFrame(plain)));
}

TEST_F(WireDictionaryTest, FewRecordsAreNotWorthOne) {
  PushMany(0, 50);
  EXPECT_TRUE(TrainWireDictionary(log->view())->empty());
}

TEST_F(WireDictionaryTest, ItTravelsCompressedUnderItsHash) {
  PushMany(0, 3000);
  const std::string bytes = *TrainWireDictionary(log->view());
  const PackedDictionary packed = *PackDictionary(bytes);
  EXPECT_EQ(*UnpackDictionary(packed.entry, packed.bytes), bytes);
  std::string damaged = packed.bytes;
  damaged[damaged.size() / 2] ^= 1;
  EXPECT_EQ(UnpackDictionary(packed.entry, damaged).status().code(), StatusCode::kInvalidArgument);
}

TEST_F(WireDictionaryTest, AFrameOfAnotherDictionaryOrOneThatClaimsTooMuchIsRefused) {
  const auto one = *WireDictionary::From("one dictionary, raw as it is", WireDictionary::Use::kUnpack);
  v1::DeltaFrame frame;
  frame.set_dictionary(one->id() + 1);
  EXPECT_EQ(one->Unpack(frame).code(), StatusCode::kInvalidArgument);
  frame.set_dictionary(one->id());
  frame.set_raw_size(UINT32_MAX);
  EXPECT_EQ(one->Unpack(frame).code(), StatusCode::kInvalidArgument);
  frame.set_raw_size(100);
  frame.set_body("rubbish");
  EXPECT_EQ(one->Unpack(frame).code(), StatusCode::kInvalidArgument);
  EXPECT_FALSE(WireDictionary::From("", WireDictionary::Use::kPack).ok());
}

}  // namespace
}  // namespace daftar
