#include "storage/view/compaction.h"

#include <memory>

#include "storage/lmdb/compact.h"

namespace daftar {

bool IsWorthCompacting(const lmdb::FileSpace& space) {
  if (space.compacted_waits) return false;
  if (space.free_bytes < kLeastFreeBytes || space.free_bytes < space.file_bytes / kLeastFreeShare) return false;
  return space.disk_free_bytes >= space.file_bytes - space.free_bytes + kLeftOnDiskBytes;
}

StatusOr<Compacted> CompactEnvironment(const lmdb::Environment& env, CompactWhen when, const Progress& progress) {
  DAFTAR_ASSIGN_OR_RETURN(const lmdb::FileSpace space, lmdb::SpaceOf(env));
  const bool wanted = when == CompactWhen::kAlways || (when == CompactWhen::kIfWorth && IsWorthCompacting(space));
  if (!wanted) return Compacted{false, space.file_bytes, space.file_bytes};
  lmdb::CompactOptions options;
  options.progress = [&progress](lmdb::CompactStep, uint64_t done, uint64_t total) {
    return !progress || progress(done, total);
  };
  DAFTAR_ASSIGN_OR_RETURN(const lmdb::CompactReport report, lmdb::CompactForNextOpen(env, options));
  return Compacted{true, report.bytes_before, report.bytes_after};
}

StatusOr<Compacted> CompactClosed(const std::string& folder, uint64_t map_bytes, CompactWhen when,
                                  const Progress& progress) {
  lmdb::Options options;
  options.map_bytes = map_bytes;
  Compacted compacted;
  {
    DAFTAR_ASSIGN_OR_RETURN(const std::unique_ptr<lmdb::Environment> env,
                            lmdb::Environment::OpenAsItIs(folder, options));
    DAFTAR_ASSIGN_OR_RETURN(compacted, CompactEnvironment(*env, when, progress));
  }
  if (!compacted.done) return compacted;
  DAFTAR_ASSIGN_OR_RETURN(const std::unique_ptr<lmdb::Environment> env, lmdb::Environment::OpenAsItIs(folder, options));
  DAFTAR_ASSIGN_OR_RETURN(compacted.bytes_after, env->FileBytes());
  return compacted;
}

}  // namespace daftar
