// show: the page of one record.
#include <CLI/CLI.hpp>
#include <memory>
#include <string>

#include "client/model/page.h"
#include "client/model/text_page.h"
#include "tools/ctl/commands.h"
#include "tools/ctl/input.h"
#include "tools/ctl/record_json.h"

namespace daftar::ctl {
namespace {

struct ShowWish {
  std::string id;
  std::string as_of;
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

}  // namespace

void AddShowCommands(CLI::App& app, Context& context) {
  auto wish = std::make_shared<ShowWish>();
  CLI::App& verb = AddVerb(app, "show", "One record: its facts, accounts, disagreements and sources",
                           "  daftarctl show sample:I01\n"
                           "  daftarctl show sample:I17 --as-of 2024-10-02");
  verb.add_option("id", wish->id, "A UUID or the beginning of one, sample:I01, or I01")->required()->type_name("ID");
  verb.add_option("--as-of", wish->as_of, "As things stood on that day, such as 2024-10-02")->type_name("DATE");
  verb.callback([&context, wish] {
    context.action = [&context, wish] {
      return WithWorkstation(context, [&](Workstation& station) { return Show(context, station, *wish); });
    };
  });
}

}  // namespace daftar::ctl
