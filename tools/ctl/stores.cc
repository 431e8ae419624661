#include "tools/ctl/stores.h"

#include <memory>

#include "storage/base/files.h"
#include "storage/view/compaction.h"

namespace daftar::ctl {
namespace {

bool HoldsData(const std::string& folder) { return Exists(folder + "/data.mdb"); }

}  // namespace

std::vector<Store> StoresIn(const std::string& folder) {
  if (HoldsData(folder)) return {{"server", folder}};
  std::vector<Store> stores;
  for (const char* name : {"replica", "user"}) {
    if (const std::string inside = folder + "/" + name; HoldsData(inside)) stores.push_back({name, inside});
  }
  return stores;
}

StoreSizes SizesOf(const std::vector<Store>& stores) {
  StoreSizes sizes;
  for (const Store& store : stores) {
    const bool compacted = lmdb::CompactedWaits(store.folder);
    const StatusOr<std::unique_ptr<lmdb::Environment>> env = lmdb::Environment::OpenAsItIs(store.folder, {});
    if (!env.ok()) continue;
    const StatusOr<std::vector<lmdb::TableStats>> tables = (*env)->Stats();
    const StatusOr<lmdb::FileSpace> space = lmdb::SpaceOf(**env);
    if (!tables.ok() || !space.ok()) continue;
    sizes.tables.insert(sizes.tables.end(), tables->begin(), tables->end());
    sizes.file_bytes += space->file_bytes;
    sizes.free_bytes += space->free_bytes;
    sizes.worth_compacting = sizes.worth_compacting || IsWorthCompacting(*space);
    sizes.took_compacted = sizes.took_compacted || compacted;
  }
  return sizes;
}

std::string VerdictWord(lmdb::Verdict verdict) {
  switch (verdict) {
    case lmdb::Verdict::kSound:
      return "sound";
    case lmdb::Verdict::kMissing:
      return "missing";
    case lmdb::Verdict::kInUse:
      return "in_use";
    case lmdb::Verdict::kCannotOpen:
      return "cannot_open";
    case lmdb::Verdict::kTruncated:
      return "truncated";
    case lmdb::Verdict::kDamagedRows:
      return "damaged_rows";
    case lmdb::Verdict::kDamagedInside:
      return "damaged_inside";
    case lmdb::Verdict::kKilledReader:
      return "killed_reader";
    case lmdb::Verdict::kNotFinished:
      break;
  }
  return "not_finished";
}

nlohmann::ordered_json ProbeJson(const Store& store, const lmdb::ProbeReport& report) {
  nlohmann::ordered_json json = {{"store", store.name},
                                 {"verdict", VerdictWord(report.verdict)},
                                 {"words", report.words},
                                 {"closed_cleanly", report.closed_cleanly},
                                 {"tables", nlohmann::ordered_json::array()}};
  for (const lmdb::ProbeReport::TableReport& table : report.tables) {
    json["tables"].push_back({{"name", table.name},
                              {"rows", table.rows},
                              {"bytes", table.bytes},
                              {"healthy", table.healthy},
                              {"words", table.words}});
  }
  return json;
}

}  // namespace daftar::ctl
