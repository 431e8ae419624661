// device: who may connect.
#include <optional>
#include <ostream>

#include "server/app/commands.h"
#include "storage/access/devices.h"
#include "storage/base/files.h"

namespace daftar {
namespace {

StatusOr<PublicKey> ReadKey(const std::string& word) {
  const std::optional<PublicKey> key = PublicKey::Parse(word);
  if (key) return *key;
  return InvalidArgument(word +
                         " is no public key, which is 64 hex digits. A workstation's user sees it with: daftarctl key "
                         "show");
}

// A list beside no dataset would never be asked.
Status NeedDataset(const std::string& folder) {
  if (FileSize(folder + "/server.key").ok()) return OkStatus();
  return NotFound("there is no dataset in " + folder + "; make one with: daftard init --data " + folder);
}

}  // namespace

std::string DevicesFile(const std::string& folder) { return folder + "/devices.txt"; }

Status Allow(const DeviceWish& wish, std::ostream& out) {
  DAFTAR_RETURN_IF_ERROR(NeedDataset(wish.folder));
  DAFTAR_ASSIGN_OR_RETURN(const PublicKey key, ReadKey(wish.key));
  const Right right = wish.edit ? Right::kEdit : wish.suggest ? Right::kSuggest : Right::kRead;
  DAFTAR_RETURN_IF_ERROR(AllowDevice(DevicesFile(wish.folder), {key, right, wish.name}));
  out << key.Fingerprint()
      << (wish.edit      ? " may read and edit\n"
          : wish.suggest ? " may read and suggest what an editor accepts\n"
                         : " may read\n");
  return OkStatus();
}

Status Revoke(const DeviceWish& wish, std::ostream& out) {
  DAFTAR_RETURN_IF_ERROR(NeedDataset(wish.folder));
  DAFTAR_ASSIGN_OR_RETURN(const PublicKey key, ReadKey(wish.key));
  DAFTAR_RETURN_IF_ERROR(RevokeDevice(DevicesFile(wish.folder), key));
  out << key.Fingerprint() << " is not let in any more; what it has fetched stays with it\n";
  return OkStatus();
}

Status ListDevices(const std::string& folder, std::ostream& out) {
  DAFTAR_RETURN_IF_ERROR(NeedDataset(folder));
  DAFTAR_ASSIGN_OR_RETURN(const std::vector<Device> devices, LoadDevices(DevicesFile(folder)));
  for (const Device& device : devices) {
    out << device.key.Fingerprint() << "  " << RightWord(device.right) << "  " << device.key.ToString()
        << (device.name.empty() ? "" : "  ") << device.name << '\n';
  }
  if (devices.empty())
    out << "no device is let in yet; let one in with: daftard device allow --data " << folder << " KEY\n";
  return OkStatus();
}

}  // namespace daftar
