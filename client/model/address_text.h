// What an address leads to, as plain text: what the window's text mirror shows of it, without a window.
#pragma once

#include <cstdint>
#include <string>

#include "client/model/address.h"
#include "client/model/text_page.h"
#include "storage/base/status.h"
#include "storage/view/read_view.h"

namespace daftar {

// Pages of records, lists, searches and the first page. NotFound if there is no such page; pages of the window's own,
// such as its list of keys, are not here.
StatusOr<std::string> AddressAsText(const ReadView& view, const Address& address, int64_t now_ms,
                                    const TextOptions& options);

}  // namespace daftar
