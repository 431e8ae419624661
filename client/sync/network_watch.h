// Waiting with an open ear: what ends the pause between two attempts before its time.
#pragma once

#include <cstdint>

namespace daftar {

// Wait from one thread, Wake from any. client/transport has one for Linux.
class NetworkWatch {
 public:
  virtual ~NetworkWatch() = default;

  // Why a wait ended.
  enum class Reason { kTime, kNetworkUp, kWoken };
  // At most so many milliseconds; negative: until one of the others. A network that came up since the last wait ends it
  // at once, and so does a Wake.
  virtual Reason Wait(int64_t ms) = 0;
  virtual void Wake() = 0;
};

}  // namespace daftar
