// show: the page of one record; or of an address, as text.
#include <CLI/CLI.hpp>
#include <memory>
#include <string>

#include "client/model/address.h"
#include "client/model/content.h"
#include "client/model/page.h"
#include "client/model/text_page.h"
#include "client/model/visits.h"
#include "tools/ctl/commands.h"
#include "tools/ctl/input.h"
#include "tools/ctl/record_json.h"

namespace daftar::ctl {
namespace {

struct ShowWish {
  std::string id;
  std::string as_of;
  std::string address;
};

Reply Show(const Context& context, Workstation& station, const ShowWish& wish) {
  DAFTAR_ASSIGN_OR_RETURN(const std::optional<int32_t> as_of, ReadDay(wish.as_of));
  DAFTAR_ASSIGN_OR_RETURN(const std::unique_ptr<ReadView> read, station.Read());
  DAFTAR_ASSIGN_OR_RETURN(const Found found, FindRecord(*read, wish.id));
  PageOptions options;
  options.as_of = as_of;
  DAFTAR_ASSIGN_OR_RETURN(const Page page, BuildPage(*read, found.id.ToString(), options));
  Reply reply = Reply::Answer("show");
  DAFTAR_RETURN_IF_ERROR(FillRecord(*read, found.record, page, wish.as_of, reply.json));
  reply.text = PageAsText(page, {.width = context.width});
  return reply;
}

Reply ShowAddress(const Context& context, Workstation& station, const std::string& text) {
  const std::optional<Address> address = ParseAddress(text);
  if (!address) return InvalidArgument("\"" + text + "\" is not the address of a page; write daftar:incident/ID");
  DAFTAR_ASSIGN_OR_RETURN(const std::unique_ptr<ReadView> read, station.Read());
  Reply reply = Reply::Answer("page");
  ContentSource source{.view = *read, .now_ms = station.clock().NowMs(), .station = &station};
  source.mine = &station.mine();
  DAFTAR_ASSIGN_OR_RETURN(source.last_seen, LastSeen(station.mine(), source.now_ms));
  DAFTAR_ASSIGN_OR_RETURN(const Content content, BuildContent(source, *address));
  reply.text = ContentAsText(content, {.width = context.width, .columns = false});
  reply.json["address"] = address->ToString();
  reply.json["text"] = reply.text;
  return reply;
}

}  // namespace

void AddShowCommands(CLI::App& app, Context& context) {
  auto wish = std::make_shared<ShowWish>();
  CLI::App& verb = AddVerb(app, "show", "One record: its facts, accounts, disagreements and sources",
                           "  daftarctl show sample:I01\n"
                           "  daftarctl show sample:I17 --as-of 2024-10-02\n"
                           "  daftarctl show --page 'daftar:search?q=ansarullah'");
  CLI::Option* const id =
      verb.add_option("id", wish->id, "A UUID or the beginning of one, sample:I01, or I01")->type_name("ID");
  CLI::Option* const day =
      verb.add_option("--as-of", wish->as_of, "As things stood on that day, such as 2024-10-02")->type_name("DATE");
  verb.add_option("--page", wish->address, "Instead: any page of the window, by its address, as its text mirror (F8)")
      ->type_name("ADDRESS")
      ->excludes(id)
      ->excludes(day);
  verb.callback([&context, wish] {
    if (wish->id.empty() && wish->address.empty()) throw CLI::RequiredError("id, or --page");
    context.action = [&context, wish] {
      return WithWorkstation(context, [&](Workstation& station) {
        return wish->address.empty() ? Show(context, station, *wish) : ShowAddress(context, station, wish->address);
      });
    };
  });
}

}  // namespace daftar::ctl
