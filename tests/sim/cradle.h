// How every run begins: a server with a source and some incidents, and workstations that have nothing. They are made
// once and copied, which is much quicker.
#pragma once

#include <string>

#include "storage/base/clock.h"
#include "storage/base/random.h"
#include "storage/base/status.h"
#include "tests/temporary_folder.h"

namespace daftar::sim {

inline constexpr int64_t kBirthMs = 1'700'000'000'000;
inline constexpr int kMostClients = 4;

class Cradle {
 public:
  Cradle();

  Status CopyServer(const std::string& folder) const;
  // REQUIRES: number < kMostClients.
  Status CopyClient(int number, const std::string& folder) const;

 private:
  Status Fill(const Clock& clock, Random& random);
  std::string ClientFolder(int number) const { return folder_.File("client" + std::to_string(number)); }

  const TemporaryFolder folder_;
  Status status_;
};

}  // namespace daftar::sim
