// Pushes of neighbours that a relay keeps until the server has answered them, and the answers until they are asked for.
//
// A table of the user's own store: 16-byte client, seq u64 → OutboxEntry. With its answer, an entry names the push and
// holds nothing more of it. Nothing is lost with an entry: whoever made the push keeps it until the server has
// answered.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "daftar/v1/store.pb.h"
#include "storage/base/status.h"
#include "storage/lmdb/lmdb.h"

namespace daftar {

// Thread-safe. Every change is durable when its call returns. The environment outlives it.
class CarriedPushes {
 public:
  CarriedPushes(lmdb::Environment& env, lmdb::Table table) : env_(env), table_(table) {}

  // Keeps a push exactly as it came, by (client, seq); once more is fine. Its answer, if there is one already.
  // ResourceExhausted, in words, if there is no room for it; answers give way first.
  StatusOr<std::optional<v1::PushResult>> Take(const v1::Mutation& mutation);

  // How many wait for the server.
  StatusOr<uint64_t> WaitingCount() const;
  // Whose pushes wait.
  StatusOr<std::vector<std::string>> WaitingClients() const;
  // The next pushes of that client that wait, in order, behind `after`: some, and at most `most`.
  StatusOr<std::vector<v1::Mutation>> Waiting(std::string_view client, uint64_t after, size_t most) const;

  // Files the server's answer. Fine if the push is not there.
  Status Answer(std::string_view client, const v1::PushResult& result);
  // Gives up all pushes of that client that wait, from that number on.
  Status Drop(std::string_view client, uint64_t from);

 private:
  lmdb::Environment& env_;
  const lmdb::Table table_;
};

}  // namespace daftar
