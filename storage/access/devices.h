// Which devices a server or a relay lets in: a list of their public keys, in a file that its keeper can read.
//
//   # Daftar's devices: KEY RIGHT NAME
//   3b6a27bc…64 digits…d29 edit Dushanbe desk
//   9f3c12ab…64 digits…a1b read tablet of the second patrol
//   5d0271fe…64 digits…c07 suggest trainee
//
// A program that serves reads the file anew when it has changed, so that letting somebody in or out needs no restart.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "storage/base/mutex.h"
#include "storage/base/signature.h"
#include "storage/base/status.h"

namespace daftar {

// What a device may do. Each includes what stands before it.
// kSuggest: propose new records, and changes of others, which an editor accepts.
enum class Right { kNone, kRead, kSuggest, kEdit };

std::string_view RightWord(Right right);  // "none", "read", "suggest", "edit"

struct Device {
  PublicKey key;
  Right right = Right::kRead;
  std::string name;  // for people; one line, may be empty
};

inline constexpr size_t kMaxDevices = 100'000;
inline constexpr size_t kMaxDeviceNameBytes = 200;

// In the order of the file; none if there is no file. InvalidArgument, naming the line, for what is not a list of
// devices or names a key twice: nobody is let in by half a list.
StatusOr<std::vector<Device>> LoadDevices(const std::string& file);
// Replaces the file at once, durably. Its comments go.
Status SaveDevices(const std::string& file, const std::vector<Device>& devices);

// Lets a device in, or changes its right and name. InvalidArgument for a name that is not one short line.
Status AllowDevice(const std::string& file, const Device& device);
// NotFound if it was not in the list.
Status RevokeDevice(const std::string& file, const PublicKey& key);

// The list as a program that serves asks it. Thread-safe.
class DeviceList {
 public:
  // As LoadDevices.
  static StatusOr<std::unique_ptr<DeviceList>> Open(std::string file);

  Right RightOf(const PublicKey& key) const DAFTAR_EXCLUDES(mutex_);
  // Reads the file if it has changed since; true: rights may be others now. An error: it cannot be read, and what it
  // said before holds on. Told once for each change of the file.
  StatusOr<bool> Refresh() DAFTAR_EXCLUDES(mutex_);

 private:
  // What tells two states of the file apart.
  struct Stamp {
    int64_t seconds = 0, nanoseconds = 0;
    uint64_t inode = 0, bytes = 0;
    bool operator==(const Stamp&) const = default;
  };

  DeviceList(std::string file, Stamp stamp, std::vector<Device> devices);
  static Stamp StampOf(const std::string& file);
  void Take(std::vector<Device> devices) DAFTAR_REQUIRES(mutex_);

  std::string file_;
  mutable Mutex mutex_;
  Stamp stamp_ DAFTAR_GUARDED_BY(mutex_);
  std::vector<Device> devices_ DAFTAR_GUARDED_BY(mutex_);  // by key
};

}  // namespace daftar
