// A probe without the question whether the folder is in use: for Open, which holds it itself. Private to this folder.
#pragma once

#include "storage/lmdb/probe.h"

namespace daftar::lmdb {

StatusOr<ProbeReport> ProbeInChild(const std::string& folder, const std::vector<std::string>& tables,
                                   const ProbeOptions& options);

}  // namespace daftar::lmdb
