#include "tests/bench/sync_peers_cases.h"

#include <algorithm>
#include <fstream>
#include <nlohmann/json.hpp>
#include <set>
#include <utility>

#include "storage/authoring/authoring.h"
#include "storage/base/hash.h"
#include "storage/base/random.h"

namespace daftar::bench {
namespace {

constexpr int64_t kNewAtMs = 1798761600000;  // behind the times in all ids of the dataset

constexpr int kSingleEdits = 5;

// The shares of `records` that are incidents differ with the size: the largest number of incidents that fits.
uint64_t IncidentsFor(uint64_t records) {
  uint64_t low = 1, high = records;
  while (low < high) {
    const uint64_t middle = (low + high + 1) / 2;
    const bool fits = gen::Generator({.seed = 1, .incidents = middle}).total() <= records;
    (fits ? low : high) = fits ? middle : middle - 1;
  }
  return low;
}

// Writes one set of records in both forms.
class Writer {
 public:
  Writer(const std::string& folder, const std::string& name)
      : path_(folder + "/" + name),
        binary_(path_ + ".bin", std::ios::binary | std::ios::trunc),
        json_(path_ + ".jsonl", std::ios::binary | std::ios::trunc) {}

  void AddBinary(const Uuid& id, const google::protobuf::Message& message) {
    binary_ << FramedRecord(id, message);
    bytes_ += message.ByteSizeLong();
  }
  void AddJson(const Uuid& id, Kind kind, const google::protobuf::Message& message) {
    const nlohmann::ordered_json doc = ToJson(message, nullptr);
    json_bytes_ += doc.dump().size();
    json_ << nlohmann::ordered_json{{"_id", id.ToString()}, {"kind", KindWord(kind)}, {"doc", doc}}.dump() << '\n';
  }
  Status Finish() {
    binary_.close();
    json_.close();
    return binary_ && json_ ? OkStatus() : Unavailable("cannot write " + path_ + ".*; is the disk full?");
  }
  uint64_t bytes() const { return bytes_; }
  uint64_t json_bytes() const { return json_bytes_; }

 private:
  const std::string path_;
  std::ofstream binary_, json_;
  uint64_t bytes_ = 0, json_bytes_ = 0;
};

}  // namespace

std::string FramedRecord(const Uuid& id, const google::protobuf::Message& message) {
  const std::string body = message.SerializeAsString();
  const size_t size = 16 + body.size();
  std::string framed;
  for (int shift = 24; shift >= 0; shift -= 8) framed += static_cast<char>(size >> shift & 0xff);
  framed += id.bytes();
  return framed + body;
}

SyncCases::SyncCases(uint64_t records, uint64_t seed)
    : seed_(seed), generator_({.seed = seed, .incidents = IncidentsFor(records)}) {}

std::vector<Rid> SyncCases::Draw(std::string_view name, size_t count) const {
  SeededRandom random(seed_ * 1'000'003 + Hash64("sync_peers cases", {name}));
  std::set<Rid> seen;
  std::vector<Rid> drawn;
  const uint64_t incidents_here = incidents();
  while (drawn.size() < std::min<uint64_t>(count, incidents_here)) {
    const Rid rid = generator_.first_incident() + static_cast<Rid>(random.Below(incidents_here));
    if (seen.insert(rid).second) drawn.push_back(rid);
  }
  return drawn;
}

std::shared_ptr<v1::Incident> SyncCases::Edited(const Record& record) {
  auto edited = std::make_shared<v1::Incident>(record.incident());
  edited->set_event_clarity(edited->event_clarity() == 1 ? 2 : 1);
  return edited;
}

std::shared_ptr<v1::Incident> SyncCases::NewIncident(uint64_t number) const {
  const Record like = generator_.At(Draw("new", number + 1).back());
  auto incident = std::make_shared<v1::Incident>(like.incident());
  incident->clear_external();
  return incident;
}

StatusOr<Exported> Export(const SyncCases& cases, uint64_t most_json, const std::string& folder) {
  const gen::Generator& generator = cases.generator();
  Exported exported;
  // Incidents come last: JSON has the last records, so that it has incidents to edit.
  const Rid last = static_cast<Rid>(cases.total());
  const Rid first_json = most_json >= last ? 1 : last - static_cast<Rid>(most_json) + 1;
  Writer all(folder, "records");
  for (Rid rid = 1; rid <= last; ++rid) {
    const Record record = generator.At(rid);
    all.AddBinary(record.id(), record.message());
    ++exported.records;
    if (rid < first_json) continue;
    all.AddJson(record.id(), record.kind(), record.message());
    ++exported.json_records;
  }
  exported.bytes = all.bytes();
  exported.json_bytes = all.json_bytes();
  DAFTAR_RETURN_IF_ERROR(all.Finish());
  std::vector<std::pair<std::string, size_t>> sets = {
      {"edits_100", 100}, {"edits_1000", 1000}, {"edits_field", 1}, {"live", 200}};
  for (int i = 1; i <= kSingleEdits; ++i) sets.emplace_back("edits_1_" + std::to_string(i), 1);
  for (const auto& [name, count] : sets) {
    Writer edits(folder, name);
    // JSON may not have those that are drawn first.
    size_t json_left = count, left = count;
    for (Rid rid : cases.Draw(name, first_json > 1 ? cases.incidents() : count)) {
      const Record record = generator.At(rid);
      const auto edited = SyncCases::Edited(record);
      if (left > 0) edits.AddBinary(record.id(), *edited), --left;
      if (rid >= first_json && json_left > 0) edits.AddJson(record.id(), record.kind(), *edited), --json_left;
      if (left + json_left == 0) break;
    }
    DAFTAR_RETURN_IF_ERROR(edits.Finish());
  }
  Writer fresh(folder, "new");
  SeededRandom random(7);
  const Uuid id = Uuid::Make(kNewAtMs, random);
  const auto incident = cases.NewIncident(0);
  fresh.AddBinary(id, *incident);
  fresh.AddJson(id, v1::RecordKind::INCIDENT, *incident);
  DAFTAR_RETURN_IF_ERROR(fresh.Finish());
  return exported;
}

}  // namespace daftar::bench
