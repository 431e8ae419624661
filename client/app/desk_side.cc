// The desk: the panel at the side. See desk.h.
#include <algorithm>
#include <utility>

#include "client/app/desk.h"

namespace daftar::app {

using Slot = QueryWorker::Slot;

void Desk::Preview(const std::string& address) {
  ui::SideScreen& side = screen_.side;
  if (address.empty()) return;
  if (side.open && side.address == address) return ToggleSide();
  side.open = true;
  side.address = address;
  ReadSide();
}

void Desk::ToggleSide() {
  screen_.side.open = !screen_.side.open;
  if (screen_.side.open) ReadSide();
}

void Desk::ReadSide() {
  if (!screen_.side.open || screen_.side.address.empty()) return;
  const std::optional<Address> address = ParseAddress(screen_.side.address);
  if (!address) return;
  worker_.Ask(Slot::kSide, [this, address = *address, text = screen_.side.address](const std::atomic<bool>& stop) {
    StatusOr<Content> read = library_.Read(address, /*patient=*/true, stop);
    Content content = read.ok() ? *std::move(read) : Content(Trouble{Message(read.status())});
    return [this, text, content = std::move(content)]() mutable {
      if (screen_.side.address == text) screen_.side.content = std::move(content);
    };
  });
}

void Desk::SetSideWidth(float width, bool settled) {
  screen_.side.width = std::clamp(width, ui::SideScreen::kNarrowest, ui::SideScreen::kWidest);
  if (settled && hooks_.keep_side_width) hooks_.keep_side_width(screen_.side.width);
}

}  // namespace daftar::app
