"""Every source once, by key, so that docstrings and claims cite `casoni2025` and not a sentence."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """One paper or book."""

    key: str
    authors: str
    title: str
    venue: str
    year: int
    doi: str | None = None

    def __str__(self) -> str:
        link = f", https://doi.org/{self.doi}" if self.doi else ""
        return f"{self.authors}: {self.title}. {self.venue}, {self.year}{link}"


_ALL = (
    Source(
        key="casoni2025",
        authors="Casoni, Guidi, Betti, Melacci, Gori",
        title="Generative System Dynamics in Recurrent Neural Networks",
        venue="IJCNN (arXiv 2504.13951)",
        year=2025,
        doi="10.1109/ijcnn64981.2025.11228076",
    ),
    Source(
        key="chang2019",
        authors="Chang, Chen, Haber, Chi",
        title="AntisymmetricRNN: A Dynamical System View on Recurrent Neural Networks",
        venue="ICLR (arXiv 1902.09689)",
        year=2019,
    ),
    Source(
        key="hopfield1984",
        authors="Hopfield",
        title="Neurons with graded response have collective computational properties",
        venue="PNAS 81(10)",
        year=1984,
        doi="10.1073/pnas.81.10.3088",
    ),
    Source(
        key="hairer1993",
        authors="Hairer, Nørsett, Wanner",
        title="Solving Ordinary Differential Equations I",
        venue="Springer, 2nd edition",
        year=1993,
        doi="10.1007/978-3-540-78862-1",
    ),
    Source(
        key="hairer2006",
        authors="Hairer, Lubich, Wanner",
        title="Geometric Numerical Integration",
        venue="Springer, 2nd edition",
        year=2006,
        doi="10.1007/3-540-30666-8",
    ),
    Source(
        key="blanes2002",
        authors="Blanes, Moan",
        title="Practical symplectic partitioned Runge–Kutta and Runge–Kutta–Nyström methods",
        venue="Journal of Computational and Applied Mathematics 142(2)",
        year=2002,
        doi="10.1016/S0377-0427(01)00492-7",
    ),
    Source(
        key="jorba2005",
        authors="Jorba, Zou",
        title="A Software Package for the Numerical Integration of ODEs by Means of High-Order Taylor Methods",
        venue="Experimental Mathematics 14(1)",
        year=2005,
        doi="10.1080/10586458.2005.10128904",
    ),
    Source(
        key="moore1966",
        authors="Moore",
        title="Interval Analysis",
        venue="Prentice-Hall",
        year=1966,
    ),
    Source(
        key="perko2001",
        authors="Perko",
        title="Differential Equations and Dynamical Systems",
        venue="Springer, 3rd edition",
        year=2001,
        doi="10.1007/978-1-4613-0003-8",
    ),
    Source(
        key="zgliczynski2002",
        authors="Zgliczyński",
        title="C¹-Lohner Algorithm",
        venue="Foundations of Computational Mathematics 2",
        year=2002,
        doi="10.1007/s102080010025",
    ),
    Source(
        key="benettin1980",
        authors="Benettin, Galgani, Giorgilli, Strelcyn",
        title="Lyapunov Characteristic Exponents for Smooth Dynamical Systems and for Hamiltonian Systems",
        venue="Meccanica 15",
        year=1980,
        doi="10.1007/BF02128236",
    ),
    Source(
        key="laskar1993",
        authors="Laskar",
        title="Frequency Analysis for Multi-Dimensional Systems. Global Dynamics and Diffusion",
        venue="Physica D 67",
        year=1993,
        doi="10.1016/0167-2789(93)90210-R",
    ),
    Source(
        key="chandrupatla1997",
        authors="Chandrupatla",
        title="A New Hybrid Quadratic/Bisection Algorithm for Finding the Zero of a Nonlinear Function",
        venue="Advances in Engineering Software 28",
        year=1997,
        doi="10.1016/S0965-9978(96)00051-8",
    ),
    Source(
        key="das2017",
        authors="Das, Saiki, Sander, Yorke",
        title="Quantitative Quasiperiodicity",
        venue="Nonlinearity 30",
        year=2017,
        doi="10.1088/1361-6544/aa84c2",
    ),
    Source(
        key="johansson2017",
        authors="Johansson",
        title="Arb: Efficient Arbitrary-Precision Midpoint-Radius Interval Arithmetic",
        venue="IEEE Transactions on Computers 66(8)",
        year=2017,
        doi="10.1109/TC.2017.2690633",
    ),
    Source(
        key="dumortier2006",
        authors="Dumortier, Llibre, Artés",
        title="Qualitative Theory of Planar Differential Systems",
        venue="Springer",
        year=2006,
        doi="10.1007/978-3-540-32902-2",
    ),
    Source(
        key="kac1975",
        authors="Kac, van Moerbeke",
        title="On an Explicitly Soluble System of Nonlinear Differential Equations Related to Certain Toda Lattices",
        venue="Advances in Mathematics 16",
        year=1975,
        doi="10.1016/0001-8708(75)90148-6",
    ),
    Source(
        key="hirota1973",
        authors="Hirota",
        title="Exact N-Soliton Solution of Nonlinear Lumped Self-Dual Network Equations",
        venue="Journal of the Physical Society of Japan 35",
        year=1973,
        doi="10.1143/JPSJ.35.289",
    ),
)

SOURCES: dict[str, Source] = {source.key: source for source in _ALL}
