// A connector whose open link can be woken or closed from another thread: what a person does while a session waits.
#pragma once

#include <memory>

#include "client/sync/link.h"
#include "storage/base/mutex.h"

namespace daftar {

// Connect from one thread, as any connector; Wake and Close from any. Outlives its links.
class WakingConnector final : public Connector {
 public:
  explicit WakingConnector(Connector& connector) : connector_(connector) {}

  StatusOr<std::unique_ptr<Link>> Connect(int timeout_ms) override;
  // Ends the wait of the link that is open, if one is: the session looks at the outbox and asks whether to go on.
  void Wake();
  // Closes the link that is open, and every later one as soon as it opens: the session ends with Cancelled.
  void Close();

 private:
  class WakingLink;
  Connector& connector_;
  Mutex mutex_;
  Link* open_ DAFTAR_GUARDED_BY(mutex_) = nullptr;
  bool closed_ DAFTAR_GUARDED_BY(mutex_) = false;
};

}  // namespace daftar
