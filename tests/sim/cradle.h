// How every run begins: a server with a source and some incidents, and workstations that have nothing. They are made
// once and laid down again, which is much quicker.
#pragma once

#include <google/protobuf/message.h>

#include <string>
#include <vector>

#include "daftar/v1/commit.pb.h"
#include "storage/base/clock.h"
#include "storage/base/random.h"
#include "storage/base/status.h"
#include "storage/base/uuid.h"
#include "storage/model/kind.h"
#include "tests/sim/folder_image.h"

namespace daftar::sim {

inline constexpr int64_t kBirthMs = 1'700'000'000'000;
inline constexpr int kMostClients = 5;

// A push of whole new records, as `daftard init` makes one.
class Founding {
 public:
  Founding();
  // REQUIRES: a record's message, whose items have keys.
  void Add(const Uuid& id, Kind kind, const google::protobuf::Message& record);
  const v1::Mutation& mutation() const { return mutation_; }

 private:
  v1::Mutation mutation_;
};
// Those of edits.h.
Founding FirstRecords();

class Cradle {
 public:
  Cradle() : Cradle(FirstRecords()) {}
  explicit Cradle(const Founding& founding);

  Status LayDownServer(const std::string& folder) const;
  // REQUIRES: number < kMostClients.
  Status LayDownClient(int number, const std::string& folder) const;

 private:
  Status Fill(const Founding& founding, const Clock& clock, Random& random);

  FolderImage server_;
  std::vector<FolderImage> clients_;
  Status status_;
};

}  // namespace daftar::sim
