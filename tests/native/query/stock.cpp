// See the header.
#include "query/stock.h"

#include "orm/query/ddl.h"

namespace vitrine::testing {
namespace {

Column typed(std::string name, ColumnType type) {
  Column column;
  column.name = std::move(name);
  column.type = type;
  return column;
}

Column id_column() {
  Column column = key_column("id");
  column.autoincrement = true;
  return column;
}

Column name_column(int length) {
  Column column = text_column("name");
  column.unique = true;
  if (length > 0) column.type = ColumnType::string;
  column.length = length;
  return column;
}

Column computed(std::string name, ColumnType type, Computed how) {
  Column column = typed(std::move(name), type);
  column.computed = std::make_shared<const Computed>(std::move(how));
  return column;
}

Expression column_of(std::string name) {
  Expression expression;
  expression.op = Expression::Op::column;
  expression.column = std::move(name);
  return expression;
}

Expression twice(Expression operand) {
  Expression two;
  two.literal = 2;
  Expression product;
  product.op = Expression::Op::multiply;
  product.operands = {std::move(operand), two};
  return product;
}

Model category() {
  Relationship cheap = relation("cheap", "Product", Direction::one_to_many);
  cheap.viewonly = true;
  cheap.conditions = {{"price", Condition::Op::le, 2.0}};
  cheap.order_by = {{"price", true}};
  return model_of("Category", "category",
                  {id_column(), name_column(20), typed("note", ColumnType::text)}, {cheap});
}

Model product() {
  Column in_stock = typed("in_stock", ColumnType::boolean);
  in_stock.not_null = true;
  in_stock.server_default = "1";
  Computed count;
  count.count_of = "items";
  Computed doubled;
  doubled.expression = twice(column_of("price"));
  Relationship tags = relation("tags", "Tag", Direction::many_to_many);
  tags.secondary = "product_tag";
  tags.backref = Backref{"products", {}};
  Model model =
      model_of("Product", "product",
               {id_column(), name_column(0), typed("price", ColumnType::real), in_stock,
                typed("added", ColumnType::datetime), foreign_column("category_id", "category"),
                computed("item_count", ColumnType::integer, count),
                computed("double_price", ColumnType::real, doubled)},
               {relation_with_backref("category", "Category", "products", "delete, all"), tags});
  model.search_columns = {"name"};
  return model;
}

Model item() {
  return model_of("Item", "item",
                  {id_column(), foreign_column("product_id", "product"), name_column(0)},
                  {relation_with_backref("product", "Product", "items", "delete, all")});
}

Model tag() { return model_of("Tag", "tag", {id_column(), name_column(0)}); }

Model picture() {
  Column width = typed("width", ColumnType::integer);
  Column height = typed("height", ColumnType::integer);
  Column product_id = foreign_column("product_id", "product");
  width.primary_key = height.primary_key = product_id.primary_key = true;
  return model_of("Picture", "picture",
                  {width, height, product_id, typed("data", ColumnType::blob)},
                  {relation_with_backref("product", "Product", "pictures", "delete, all")});
}

Model caption() {
  return model_of("Caption", "caption",
                  {id_column(), foreign_column("width", "picture", "width"),
                   foreign_column("height", "picture", "height"),
                   foreign_column("product_id", "picture", "product_id")},
                  {relation_with_backref("picture", "Picture", "captions", "delete, all")});
}

Model node() {
  Relationship parent = relation_with_backref("parent", "Node", "children", "delete, all");
  return model_of("Node", "node",
                  {id_column(), text_column("name"), foreign_column("parent_id", "node")},
                  {parent});
}

constexpr const char* kRows = R"sql(
  INSERT INTO category (id, name, note) VALUES (1, 'Drinks', 'wet'), (2, 'Snacks', NULL),
    (3, 'Empty', NULL);
  INSERT INTO product (id, name, price, in_stock, added, category_id) VALUES
    (1, 'Cola', 1.5, 1, '2026-01-01T00:00:00.000Z', 1), (2, 'Juice', 3.0, 0, NULL, 1),
    (3, 'Chips', 2.0, 1, '2026-02-01T00:00:00.000Z', 2), (4, 'Loose', NULL, 0, NULL, NULL);
  INSERT INTO item (id, product_id, name) VALUES (1, 1, 'Cola 1l'), (2, 1, 'Cola 6-pack'),
    (3, 2, 'Juice 1l'), (4, 3, 'Chips bag');
  INSERT INTO tag (id, name) VALUES (1, 'new'), (2, 'cold');
  INSERT INTO product_tag (product_id, tag_id) VALUES (1, 1), (1, 2), (2, 2);
  INSERT INTO picture (width, height, product_id) VALUES (64, 64, 1), (160, 160, 1), (64, 64, 3);
  INSERT INTO caption (id, width, height, product_id) VALUES (1, 64, 64, 1), (2, 64, 64, 1),
    (3, 64, 64, 3);
  INSERT INTO node (id, name, parent_id) VALUES (1, 'root', NULL), (2, 'left', 1), (3, 'right', 1),
    (4, 'leaf', 2);
)sql";

std::vector<std::string> collected(Statement& statement) {
  std::vector<std::string> found;
  while (statement.step()) {
    std::string line;
    for (int column = 0; column < statement.column_count(); ++column) {
      if (column > 0) line += '|';
      line += written(statement.column_value(column));
    }
    found.push_back(line);
  }
  return found;
}

}  // namespace

Registry stock() {
  Registry registry;
  for (const Model& model :
       {category(), product(), item(), tag(), link_model(), picture(), caption(), node()}) {
    registry.add(model);
  }
  registry.resolve();
  return registry;
}

Connection open_stock(const Registry& registry) {
  Connection connection = Connection::open(":memory:");
  connection.execute(create_all_sql(registry));
  connection.execute(kRows);
  return connection;
}

std::string written(const Value& value) {
  if (const auto* text = value.text()) return *text;
  return value.describe();
}

std::vector<std::string> lines(Connection& connection, const Sql& sql) {
  Borrowed statement = connection.prepare(sql.text);
  statement->bind_all(sql.parameters);
  return collected(*statement);
}

std::vector<std::string> lines(Connection& connection, const PlanChild& child,
                               const std::vector<std::int64_t>& parents) {
  Borrowed statement = connection.prepare(child.node.sql.text);
  const std::vector<Value>& parameters = child.node.sql.parameters;
  for (std::size_t i = 0; i < parameters.size(); ++i) {
    statement->bind(static_cast<int>(i) + child.first_parameter(), parameters[i]);
  }
  if (!child.of_all) statement->bind_array(1, parents);
  return collected(*statement);
}

}  // namespace vitrine::testing
