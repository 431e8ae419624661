// The chunks that replicas are filled from: cut ahead of time, compressed well, kept as files and handed out as they
// are, to however many ask.
//
//   FOLDER/state     StoredSnapshot: the signed manifest, and how each cell was cut
//   FOLDER/HASH      a chunk, under its name in hex
//
// Derived from the dataset: the folder may be removed at any time, and is made again.
#pragma once

#include <functional>
#include <memory>
#include <string>

#include "daftar/v1/snapshot.pb.h"
#include "daftar/v1/store.pb.h"
#include "storage/base/clock.h"
#include "storage/base/mutex.h"
#include "storage/base/signature.h"
#include "storage/base/status.h"
#include "storage/view/view.h"
#include "storage/view/wire_dictionary.h"

namespace daftar {

// Thread-safe; Refresh from one thread at a time.
class SnapshotStore {
 public:
  // `key` signs manifests and outlives the store. `knows`: whether a state belongs to the dataset's history, which it
  // may not after a backup was restored. What is damaged, foreign or signed by another key is given up, to be made
  // anew.
  static StatusOr<std::unique_ptr<SnapshotStore>> Open(const std::string& folder, const KeyPair& key,
                                                       const std::function<bool(const v1::Cursor&)>& knows);

  // What is handed out now; null before the first Refresh.
  std::shared_ptr<const v1::SignedManifest> manifest() const DAFTAR_EXCLUDES(mutex_);
  // Up to `most` bytes of a chunk from `offset` on; empty at its end. NotFound if there is no such chunk (any more).
  StatusOr<std::string> Read(std::string_view hash, uint32_t offset, size_t most) const;

  // The dictionary of the manifest; null if there is none.
  std::shared_ptr<const WireDictionary> dictionary() const DAFTAR_EXCLUDES(mutex_);

  // Cuts what changed since it was cut, and once more what was compressed less well than `level`, then hands out a new
  // manifest if anything did. Chunks of the manifest before stay until the next call. Stops with Cancelled when
  // `go_on` (may be null) says so; what was cut until then is used the next time. How many cells were cut.
  StatusOr<size_t> Refresh(const View& view, const Clock& clock, int level, const std::function<bool()>& go_on)
      DAFTAR_EXCLUDES(mutex_);

 private:
  SnapshotStore(std::string folder, const KeyPair& key) : folder_(std::move(folder)), key_(key) {}
  std::string PathOf(std::string_view hash) const;
  Status Load(const std::function<bool(const v1::Cursor&)>& knows);
  // Cuts a cell into files; its chunks.
  StatusOr<std::vector<v1::SnapshotChunk>> Cut(const View& view, uint32_t cell, int level, Digest* sum);
  // Makes the dictionary, if there is none and there are records enough.
  Status MakeDictionary(const View& view, v1::Manifest& manifest);
  StatusOr<std::shared_ptr<const WireDictionary>> ReadDictionary(const v1::WireDictionary& entry) const;
  Status RemoveAllBut(const v1::Manifest& now, const v1::Manifest& before);

  const std::string folder_;
  const KeyPair& key_;
  mutable Mutex mutex_;
  std::shared_ptr<const v1::StoredSnapshot> state_ DAFTAR_GUARDED_BY(mutex_);
  std::shared_ptr<const WireDictionary> dictionary_ DAFTAR_GUARDED_BY(mutex_);
};

}  // namespace daftar
