// The databases of a folder: those of a workstation (replica, user), or a server's own.
#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "storage/base/status.h"
#include "storage/lmdb/lmdb.h"
#include "storage/lmdb/probe.h"

namespace daftar::ctl {

struct Store {
  std::string name;  // "replica", "user", "server"
  std::string folder;
};

// Those that are there; empty if the folder holds none of ours.
std::vector<Store> StoresIn(const std::string& folder);

// Tables with their rows and bytes, and the bytes of the files. Nothing where a store cannot be opened: whoever opens
// it next says why.
struct StoreSizes {
  std::vector<lmdb::TableStats> tables;
  uint64_t file_bytes = 0;
  uint64_t free_bytes = 0;        // of them, in pages that hold nothing
  bool worth_compacting = false;  // one of them
  bool took_compacted = false;    // a compacted copy had waited for this opening
};
StoreSizes SizesOf(const std::vector<Store>& stores);

// "sound", "missing", "in_use" …: for JSON.
std::string VerdictWord(lmdb::Verdict verdict);
// {store, verdict, words, closed_cleanly, tables[] {name, rows, bytes, healthy, words}}
nlohmann::ordered_json ProbeJson(const Store& store, const lmdb::ProbeReport& report);

}  // namespace daftar::ctl
