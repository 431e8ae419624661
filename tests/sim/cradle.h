// How every run begins: a server with a source and some incidents, and workstations that have nothing. They are made
// once and laid down again, which is much quicker.
#pragma once

#include <string>
#include <vector>

#include "storage/base/clock.h"
#include "storage/base/random.h"
#include "storage/base/status.h"
#include "tests/sim/folder_image.h"

namespace daftar::sim {

inline constexpr int64_t kBirthMs = 1'700'000'000'000;
inline constexpr int kMostClients = 4;

class Cradle {
 public:
  Cradle();

  Status LayDownServer(const std::string& folder) const;
  // REQUIRES: number < kMostClients.
  Status LayDownClient(int number, const std::string& folder) const;

 private:
  Status Fill(const Clock& clock, Random& random);

  FolderImage server_;
  std::vector<FolderImage> clients_;
  Status status_;
};

}  // namespace daftar::sim
