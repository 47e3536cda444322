"""List the buildings, rooms and people of a Chinese company."""

from dataclasses import dataclass

from .round_robin import RoundRobin

BUILDINGS = (
    ("西安", "锦业路大厦"),
    ("西安", "高新中心"),
    ("广州", "珠江新城大厦"),
    ("上海", "陆家嘴办公楼"),
    ("北京", "望京 SOHO"),
    ("深圳", "滨海大厦"),
    ("成都", "天府软件园"),
)
ROOMS = (
    "杏花村", "滕王阁", "黄鹤楼", "岳阳楼", "桃花源", "大明宫", "曲江", "华清池", "兰亭", "西湖",
    "武当", "峨眉", "青城", "昆仑", "敦煌", "楼兰", "长安", "洛阳", "姑苏", "金陵",
    "太白", "子美", "东坡", "稼轩", "易安", "摩诘", "乐天", "放翁", "白石", "少游",
)  # fmt: skip
SUBJECTS = (
    "产品周会", "项目评审", "客户沟通", "预算讨论", "招聘面试", "架构设计", "销售复盘", "新员工培训",
    "供应商洽谈", "需求澄清", "站会", "季度总结", "Weekly sync", "1:1", "Überseeabstimmung",
)  # fmt: skip
PEOPLE = ("张三", "李四", "王芳", "赵敏", "陈晨", "刘洋", "Li Wei", "欧阳修竹")


@dataclass(frozen=True, slots=True)
class Location:
    """Hold the location and the name of a room."""

    city: str
    building: str
    floor: str
    name: str


def location_at(options: RoundRobin, index: int) -> Location:
    """Return the location and the name of the room with an index."""
    city, building = options.pick("building", BUILDINGS)
    floor = options.pick("floor", ("3", "12", "10", "B1", "8", "22F", "6"))
    base_name = ROOMS[index % len(ROOMS)]
    round_number = index // len(ROOMS)
    name = f"{base_name}{round_number + 1}" if round_number else base_name
    return Location(city, building, floor, name)
