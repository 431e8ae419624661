#include "server/core/snapshot_store.h"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <filesystem>
#include <map>
#include <set>

#include "storage/base/bytes.h"
#include "storage/base/files.h"
#include "storage/view/chunk.h"

namespace daftar {
namespace {

constexpr char kState[] = "state";
constexpr uint64_t kMaxStateBytes = 64 << 20;
constexpr size_t kHashBytes = 16;

v1::Manifest ManifestOf(const v1::StoredSnapshot& state) {
  v1::Manifest manifest;
  manifest.ParseFromString(state.manifest().manifest());  // it was read whole when it was loaded, or is our own
  return manifest;
}

// Its chunks, by cell.
std::map<uint32_t, std::vector<v1::SnapshotChunk>> ChunksByCell(const v1::Manifest& manifest) {
  std::map<uint32_t, std::vector<v1::SnapshotChunk>> chunks;
  for (const v1::SnapshotChunk& chunk : manifest.chunk()) chunks[chunk.first_rid() / kRidsPerCell].push_back(chunk);
  return chunks;
}

}  // namespace

StatusOr<std::unique_ptr<SnapshotStore>> SnapshotStore::Open(const std::string& folder, const KeyPair& key,
                                                             const std::function<bool(const v1::Cursor&)>& knows) {
  DAFTAR_RETURN_IF_ERROR(MakeFolder(folder));
  auto store = std::unique_ptr<SnapshotStore>(new SnapshotStore(folder, key));
  DAFTAR_RETURN_IF_ERROR(store->Load(knows));
  return store;
}

std::string SnapshotStore::PathOf(std::string_view hash) const { return folder_ + "/" + ToHex(hash); }

Status SnapshotStore::Load(const std::function<bool(const v1::Cursor&)>& knows) {
  const std::string path = folder_ + "/" + kState;
  if (!Exists(path)) return OkStatus();
  DAFTAR_ASSIGN_OR_RETURN(const std::string bytes, ReadFile(path, kMaxStateBytes));
  auto state = std::make_shared<v1::StoredSnapshot>();
  v1::Manifest manifest;
  const bool sound =
      state->ParseFromString(bytes) && manifest.ParseFromString(state->manifest().manifest()) &&
      key_.public_key().Verify(state->manifest().signature(), kManifestDomain, {state->manifest().manifest()}).ok();
  if (!sound || !knows(manifest.base())) return OkStatus();
  for (const v1::SnapshotChunk& chunk : manifest.chunk()) {
    const StatusOr<uint64_t> size = FileSize(PathOf(chunk.hash()));
    if (!size.ok() || *size != chunk.packed_size()) return OkStatus();
  }
  std::shared_ptr<const WireDictionary> dictionary;
  if (manifest.has_dictionary()) {
    StatusOr<std::shared_ptr<const WireDictionary>> read = ReadDictionary(manifest.dictionary());
    if (!read.ok()) return OkStatus();
    dictionary = *std::move(read);
  }
  const MutexLock lock(mutex_);
  state_ = std::move(state);
  dictionary_ = std::move(dictionary);
  return OkStatus();
}

StatusOr<std::shared_ptr<const WireDictionary>> SnapshotStore::ReadDictionary(const v1::WireDictionary& entry) const {
  DAFTAR_ASSIGN_OR_RETURN(const std::string packed, ReadFile(PathOf(entry.hash()), kMaxWireDictionary));
  DAFTAR_ASSIGN_OR_RETURN(std::string bytes, UnpackDictionary(entry, packed));
  return WireDictionary::From(std::move(bytes), WireDictionary::Use::kPack);
}

Status SnapshotStore::MakeDictionary(const View& view, v1::Manifest& manifest) {
  DAFTAR_ASSIGN_OR_RETURN(std::string bytes, TrainWireDictionary(view));
  if (bytes.empty()) return OkStatus();
  DAFTAR_ASSIGN_OR_RETURN(PackedDictionary packed, PackDictionary(bytes));
  DAFTAR_RETURN_IF_ERROR(WriteFileAtomically(PathOf(packed.entry.hash()), packed.bytes));
  *manifest.mutable_dictionary() = std::move(packed.entry);
  return OkStatus();
}

std::shared_ptr<const WireDictionary> SnapshotStore::dictionary() const {
  const MutexLock lock(mutex_);
  return dictionary_;
}

std::shared_ptr<const v1::SignedManifest> SnapshotStore::manifest() const {
  const MutexLock lock(mutex_);
  if (state_ == nullptr) return nullptr;
  return {state_, &state_->manifest()};
}

StatusOr<std::string> SnapshotStore::Read(std::string_view hash, uint32_t offset, size_t most) const {
  if (hash.size() != kHashBytes) return NotFound("there is no such chunk");
  const int fd = open(PathOf(hash).c_str(), O_RDONLY | O_CLOEXEC);
  if (fd < 0 && errno == ENOENT) return NotFound("there is no such chunk any more");
  if (fd < 0) return ErrnoStatus(errno, "reading a chunk");
  std::string bytes(most, '\0');
  const ssize_t size = pread(fd, bytes.data(), bytes.size(), offset);
  const int error = errno;
  close(fd);
  if (size < 0) return ErrnoStatus(error, "reading a chunk");
  bytes.resize(static_cast<size_t>(size));
  return bytes;
}

StatusOr<std::vector<v1::SnapshotChunk>> SnapshotStore::Cut(const View& view, uint32_t cell, int level, Digest* sum) {
  DAFTAR_ASSIGN_OR_RETURN(const View::Cell cut, view.CutCell(cell, level));
  std::vector<v1::SnapshotChunk> chunks;
  for (const PackedChunk& chunk : cut.chunks) {
    const std::string path = PathOf(chunk.entry.hash());
    if (!Exists(path)) DAFTAR_RETURN_IF_ERROR(WriteFileAtomically(path, chunk.bytes));
    chunks.push_back(chunk.entry);
  }
  *sum = cut.sum;
  return chunks;
}

StatusOr<size_t> SnapshotStore::Refresh(const View& view, const Clock& clock, int level,
                                        const std::function<bool()>& go_on) {
  // The base first: whatever is cut below is of this state or of a newer one.
  v1::Checkpoint head;
  DAFTAR_ASSIGN_OR_RETURN(const auto sums, view.CellSums(&head));
  std::shared_ptr<const v1::StoredSnapshot> before;
  {
    const MutexLock lock(mutex_);
    before = state_;
  }
  const v1::Manifest old = before == nullptr ? v1::Manifest() : ManifestOf(*before);
  const bool same_history = old.base().epoch() == head.cursor().epoch();
  const auto old_chunks = ChunksByCell(old);
  std::map<uint32_t, const v1::StoredSnapshot::Cell*> old_cells;
  if (before != nullptr && same_history) {
    for (const v1::StoredSnapshot::Cell& cell : before->cell()) old_cells[cell.number()] = &cell;
  }

  auto state = std::make_shared<v1::StoredSnapshot>();
  v1::Manifest manifest;
  *manifest.mutable_base() = head.cursor();
  manifest.set_made_ms(clock.NowMs());
  size_t cut = 0;
  for (const auto& [number, sum] : sums) {
    const auto kept = old_cells.find(number);
    const bool changed = kept == old_cells.end() || Digest(kept->second->sum()) != sum;
    v1::StoredSnapshot::Cell& cell = *state->add_cell();
    if (!changed && kept->second->level() >= level) {
      cell = *kept->second;
      const auto chunks = old_chunks.find(number);
      if (chunks != old_chunks.end()) manifest.mutable_chunk()->Add(chunks->second.begin(), chunks->second.end());
      continue;
    }
    if (go_on && !go_on()) return Cancelled("the cutting of chunks was stopped");
    Digest cut_sum;
    DAFTAR_ASSIGN_OR_RETURN(const std::vector<v1::SnapshotChunk> chunks, Cut(view, number, level, &cut_sum));
    cell.set_number(number);
    cell.set_sum(std::string(cut_sum.bytes()));
    cell.set_level(level);
    manifest.mutable_chunk()->Add(chunks.begin(), chunks.end());
    ++cut;
  }
  if (cut == 0 && same_history && before != nullptr) return size_t{0};
  if (same_history && old.has_dictionary()) {
    *manifest.mutable_dictionary() = old.dictionary();
  } else {
    DAFTAR_RETURN_IF_ERROR(MakeDictionary(view, manifest));
  }
  std::shared_ptr<const WireDictionary> dictionary;
  if (manifest.has_dictionary()) {
    DAFTAR_ASSIGN_OR_RETURN(dictionary, ReadDictionary(manifest.dictionary()));
  }

  v1::SignedManifest& signed_manifest = *state->mutable_manifest();
  signed_manifest.set_manifest(manifest.SerializeAsString());
  signed_manifest.set_signature(std::string(AsBytes(key_.Sign(kManifestDomain, {signed_manifest.manifest()}))));
  signed_manifest.set_key(std::string(key_.public_key().bytes()));
  DAFTAR_RETURN_IF_ERROR(WriteFileAtomically(folder_ + "/" + kState, state->SerializeAsString()));
  {
    const MutexLock lock(mutex_);
    state_ = std::move(state);
    dictionary_ = std::move(dictionary);
  }
  DAFTAR_RETURN_IF_ERROR(RemoveAllBut(manifest, old));
  return cut;
}

Status SnapshotStore::RemoveAllBut(const v1::Manifest& now, const v1::Manifest& before) {
  std::set<std::string> kept{kState};
  for (const v1::Manifest* manifest : {&now, &before}) {
    for (const v1::SnapshotChunk& chunk : manifest->chunk()) kept.insert(ToHex(chunk.hash()));
    if (manifest->has_dictionary()) kept.insert(ToHex(manifest->dictionary().hash()));
  }
  std::error_code error;
  std::vector<std::filesystem::path> stale;
  for (const auto& entry : std::filesystem::directory_iterator(folder_, error)) {
    if (!kept.contains(entry.path().filename().string())) stale.push_back(entry.path());
  }
  for (const auto& path : stale) {
    if (!error) std::filesystem::remove(path, error);
  }
  if (error) return Internal("chunks that are no longer used could not be removed: " + error.message());
  return OkStatus();
}

}  // namespace daftar
