// What is synced in a comparison of Daftar with its peers: the same records, the same edits, for every side.
//
// An edit is one small field, the event clarity, of a random incident. Everything follows from the size and the seed.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "storage/model/record.h"
#include "tools/gen/generator.h"

namespace daftar::bench {

class SyncCases {
 public:
  // So many records in all, or a few more. REQUIRES: records >= 100.
  SyncCases(uint64_t records, uint64_t seed);

  uint64_t total() const { return generator_.total(); }
  uint64_t incidents() const { return generator_.counts().incidents; }
  const gen::Generator& generator() const { return generator_; }
  // Different incidents; the same name gives the same ones.
  std::vector<Rid> Draw(std::string_view name, size_t count) const;
  // The incident with its small field changed. REQUIRES: an incident.
  static std::shared_ptr<v1::Incident> Edited(const Record& record);
  // An incident that looks like one of the dataset and is none.
  std::shared_ptr<v1::Incident> NewIncident(uint64_t number) const;

 private:
  const uint64_t seed_;
  const gen::Generator generator_;
};

// For peers, into a folder: records.bin; edits_1_1.bin … edits_1_5.bin with an edit each, edits_100.bin,
// edits_1000.bin, edits_field.bin with one, live.bin with 200 to be made one after the other; new.bin. Each record as
// FramedRecord writes it; and the same as JSON, a line a record, `{"_id": …, "kind": …, "doc": {…}}`, in files that end
// in .jsonl. JSON has the last `most_json` records only, and edits in JSON are of these.
struct Exported {
  uint64_t records = 0, json_records = 0;
  uint64_t bytes = 0, json_bytes = 0;  // of the records, without ids and frames
};
StatusOr<Exported> Export(const SyncCases& cases, uint64_t most_json, const std::string& folder);

// u32 big endian of what follows, 16 bytes of id, the message's bytes.
std::string FramedRecord(const Uuid& id, const google::protobuf::Message& message);

}  // namespace daftar::bench
